import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { program } from '../model/program.ts';
import { createPart, type Part } from './gzipParts.ts';
import { readAtMost } from './readAtMost.ts';

/** What the exporter tells of itself, whatever the audits come to. */
export interface ProcessMetrics {
  /** An audit begins. */
  audited(): void;
  /** It gave a result. */
  succeeded(): void;
  /** It gave none, so that the page still shows the one before it. */
  failed(): void;
  /** The rules and settings were loaded, or could not be and the ones before stay. @param time in Unix seconds */
  reloaded(ok: boolean, time: number): void;
  /** In Prometheus' text format: as it is now, but for what Node tells of itself, which is a second old at most. */
  parts(): Promise<readonly (Part | string)[]>;
}

/** To read that from the system takes as long as all else of a scrape. In milliseconds. */
const ages = { young: 250, old: 1000 };

/** prom-client's own gauges that end in _total, which Prometheus' naming keeps for counters: promtool objects to them. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

const addBuildInfo = (registers: Registry[]): void => {
  new Gauge({
    name: 'virt_audit_build_info',
    help: 'Version of virt-audit and of Node.js that it runs on.',
    labelNames: ['version', 'node_version'],
    registers,
  }).set({ version: program.version, node_version: process.version }, 1);
};

/** Only which program this is, for a file that other programs' metrics are read beside. */
export const buildInfo = (): Promise<string> => {
  const registry = new Registry();
  addBuildInfo([registry]);
  return registry.metrics();
};

/**
 * Metrics of this process, on a registry of their own.
 *
 * @param minInterval milliseconds for which an audit's results are served before the next one begins
 * @param defaults whether Node's and the process's own are among them
 * @param now a monotonic clock, in milliseconds
 */
export const createProcessMetrics = (
  minInterval: number,
  defaults = true,
  now: () => number = () => performance.now(),
): ProcessMetrics => {
  const node = new Registry();
  if (defaults) collectDefaultMetrics({ register: node });
  for (const name of misnamed) node.removeSingleMetric(name);
  const ofNode = readAtMost(async () => createPart(await node.metrics()), ages, now, setImmediate);
  const registry = new Registry();
  const registers = [registry];
  addBuildInfo(registers);
  const loaded = new Gauge({
    name: 'virt_audit_config_last_reload_successful',
    help: 'Whether the last attempt to load rules and settings succeeded.',
    registers,
  });
  const loadedAt = new Gauge({
    name: 'virt_audit_config_last_reload_success_timestamp_seconds',
    help: 'When rules and settings were last loaded with success.',
    registers,
  });
  new Gauge({
    name: 'virt_audit_audit_min_interval_seconds',
    help: 'Audits begin at least this far apart (--audit.min-interval).',
    registers,
  }).set(minInterval / 1000);
  const audits = new Counter({ name: 'virt_audit_audits_total', help: 'Audits begun.', registers });
  const failures = new Counter({
    name: 'virt_audit_audit_failures_total',
    help: 'Audits that gave no result, because they took too long or their process ended.',
    registers,
  });
  const successful = new Gauge({
    name: 'virt_audit_last_audit_successful',
    help: 'Whether the last audit that ended gave a result; 0 means that this page shows an earlier one.',
    registers,
  });
  return {
    audited: () => audits.inc(),
    succeeded: () => successful.set(1),
    failed: () => {
      failures.inc();
      successful.set(0);
    },
    reloaded: (ok, time) => {
      loaded.set(ok ? 1 : 0);
      if (ok) loadedAt.set(time);
    },
    parts: async () => [...(defaults ? [await ofNode()] : []), await registry.metrics()],
  };
};
