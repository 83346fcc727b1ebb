import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { program } from '../model/program.ts';

/** What the exporter tells of itself, whatever the audits come to. */
export interface ProcessMetrics {
  /** An audit begins. */
  audited(): void;
  /** It gave a result. */
  succeeded(): void;
  /** It gave none, so that the page still shows the one before it. */
  failed(): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
}

/** prom-client's own gauges that end in _total, which Prometheus' naming keeps for counters: promtool objects to them. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** Metrics of this process, on a registry of their own. */
export const createProcessMetrics = (): ProcessMetrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  new Gauge({
    name: 'virt_audit_build_info',
    help: 'Version of virt-audit and of Node.js that it runs on.',
    labelNames: ['version', 'node_version'],
    registers,
  }).set({ version: program.version, node_version: process.version }, 1);
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
    text: () => registry.metrics(),
  };
};
