import type { Server } from 'node:http';
import { type Auditor, AuditorError, createAuditor } from '../auditor/auditor.ts';
import type { Job } from '../auditor/job.ts';
import { createProcessMetrics, type ProcessMetrics } from '../exporter/processMetrics.ts';
import { createExporter } from '../exporter/server.ts';
import type { Snapshot } from '../exporter/snapshot.ts';
import { createSnapshotKeeper } from '../exporter/snapshotKeeper.ts';
import { InputError } from '../model/inputError.ts';
import { auditSpec } from './auditOptions.ts';
import type { ServeOptions } from './serveOptions.ts';

/** libvirt is waited for this long, and the whole audit a little longer, whatever a single scrape's patience. */
const libvirtTimeout = 8_000;
const auditTimeout = 20_000;

const log = (line: string): void => {
  process.stderr.write(`virt-audit: ${line}\n`);
};

const addressOf = (text: string): { host: string; port: number } => {
  const match = /^(?:\[([^\]]+)\]|([^:]*)):(\d{1,5})$/.exec(text);
  if (match === null || Number(match[3]) > 65_535)
    throw new InputError(`--web.listen-address "${text}", expected HOST:PORT, :PORT or [IPv6]:PORT`);
  // As with Prometheus' own flag, an empty host means every address.
  return { host: match[1] ?? (match[2] || '::'), port: Number(match[3]) };
};

const listen = (server: Server, { host, port }: { host: string; port: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(new InputError(`can't listen on ${host}:${port}: ${code}; choose another --web.listen-address`)),
    );
    server.listen(port, host, () => {
      const address = server.address();
      const chosen = typeof address === 'object' && address !== null ? address.port : port;
      log(`listening on http://${host.includes(':') ? `[${host}]` : host}:${chosen}`);
      resolve();
    });
  });

/** Takes snapshots with `auditor`, and says on stderr and in the counters when it could not. */
const snapshots = (auditor: Auditor, job: Job, counters: ProcessMetrics) => async (): Promise<Snapshot> => {
  counters.audited();
  try {
    const result = await auditor.run(job, auditTimeout);
    if (result.kind === 'input') throw new AuditorError(result.message);
    if (result.kind === 'bug') throw new AuditorError(result.stack);
    if (result.kind !== 'done') throw new AuditorError('the auditor did not audit');
    counters.succeeded();
    const [metrics = '', page = ''] = result.texts;
    return { metrics, page, at: performance.now() };
  } catch (error) {
    counters.failed();
    log(error instanceof AuditorError ? error.message : String(error));
    throw error;
  }
};

/** Mistakes in rules and options are told at once, not at the first scrape. */
const mustStart = async (auditor: Auditor, job: Job): Promise<void> => {
  const result = await auditor.run({ ...job, renderings: [], dryRun: true }, auditTimeout);
  if (result.kind === 'input') throw new InputError(result.message);
};

/** `virt-audit serve`: serves until SIGTERM or SIGINT. */
export const serve = async (options: ServeOptions): Promise<void> => {
  const addresses = options['web.listenAddress'];
  const places = (addresses.length === 0 ? ['127.0.0.1:19177'] : addresses).map(addressOf);
  const telemetryPath = options['web.telemetryPath'];
  if (!/^\/[^?#]+$/.test(telemetryPath))
    throw new InputError(`--web.telemetry-path "${telemetryPath}", expected /PATH`);
  const job: Job = {
    spec: auditSpec(options, libvirtTimeout),
    renderings: [
      { kind: 'metrics', maxFindingSeries: options['metrics.maxFindingSeries'] },
      { kind: 'page', telemetryPath },
    ],
  };
  const auditor = createAuditor();
  const servers: Server[] = [];
  const stop = (): void => {
    auditor.stop();
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
  try {
    await mustStart(auditor, job);
    const processMetrics = createProcessMetrics();
    const keeper = createSnapshotKeeper({
      take: snapshots(auditor, job, processMetrics),
      minInterval: options['audit.minInterval'],
      now: () => performance.now(),
    });
    // The first audit begins at once, so that the exporter gets ready by itself.
    void keeper.fresh(0);
    for (const place of places) {
      const server = createExporter({ keeper, processMetrics, telemetryPath });
      servers.push(server);
      await listen(server, place);
    }
  } catch (error) {
    stop();
    throw error;
  }
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};
