import type { Server } from 'node:net';
import { AuditorError } from '../auditor/auditor.ts';
import type { Rendering } from '../auditor/job.ts';
import { createConnections } from '../exporter/connections.ts';
import { createDoorway } from '../exporter/doorway.ts';
import { limitsOf } from '../exporter/limits.ts';
import { createProcessMetrics } from '../exporter/processMetrics.ts';
import { createExporter, type Exporter } from '../exporter/server.ts';
import { createSnapshotKeeper } from '../exporter/snapshotKeeper.ts';
import { exitCode } from '../model/exitCode.ts';
import { InputError } from '../model/inputError.ts';
import type { Log } from '../model/log.ts';
import { createLog } from './log.ts';
import { AddressAbsent, listen, parseListenAddress } from './serve/listenAddress.ts';
import { oneAtATime } from './serve/oneAtATime.ts';
import { createSetup, type Setup } from './serve/setup.ts';
import { listenOnSystemds, takeSystemdSockets } from './serve/systemdSockets.ts';
import { createSnapshotTaker } from './serve/takeSnapshot.ts';
import { checkTelemetryPath } from './serve/telemetryPath.ts';
import type { ServeOptions } from './serveOptions.ts';

const now = (): number => performance.now();

const unixSeconds = (): number => Date.now() / 1000;

/** What is served, from the moment's setup. */
const createService = (options: ServeOptions, first: Setup, log: Log) => {
  let setup = first;
  const telemetryPath = options['web.telemetryPath'];
  const timeout = options['audit.timeout'];
  const minInterval = options['audit.minInterval'];
  const processMetrics = createProcessMetrics(minInterval, !options['web.disableExporterMetrics']);
  processMetrics.reloaded(true, unixSeconds());
  const renderings = (lastComplete: number | undefined): Rendering[] => [
    {
      kind: 'metrics',
      maxFindingSeries: options['metrics.maxFindingSeries'],
      findings: options['metrics.findings'],
      ...(lastComplete === undefined ? {} : { lastComplete }),
    },
    { kind: 'page', telemetryPath },
  ];
  const keeper = createSnapshotKeeper({
    take: createSnapshotTaker({ setup: () => setup, renderings, timeout, counters: processMetrics, log }),
    minInterval,
    now,
  });
  const limits = limitsOf(timeout);
  const connections = createConnections(limits.connections, log);
  const exporterOf = ({ web }: Setup): Exporter =>
    createExporter({ keeper, processMetrics, telemetryPath, now, web, limits, connections, log });
  let exporter = exporterOf(first);
  const doorways: Server[] = [];

  return {
    /** The first audit begins at once, so that the exporter gets ready by itself. */
    begin: () => void keeper.fresh(0),
    openDoorway: (): Server => {
      const doorway = createDoorway(() => exporter, connections);
      doorways.push(doorway);
      return doorway;
    },
    spec: () => setup.spec,
    replace: (next: Setup): void => {
      const [oldSetup, oldExporter] = [setup, exporter];
      setup = next;
      exporter = exporterOf(next);
      oldExporter.retire();
      oldSetup.auditor.retire();
      keeper.expire();
      processMetrics.reloaded(true, unixSeconds());
    },
    keep: () => processMetrics.reloaded(false, unixSeconds()),
    stop: (): void => {
      setup.auditor.stop();
      for (const doorway of doorways) doorway.close();
      exporter.server.close();
      exporter.server.closeAllConnections();
    },
  };
};

type Service = ReturnType<typeof createService>;

/** Reloads once; what goes wrong leaves everything as it was. */
const reload = async (service: Service, options: ServeOptions, log: Log): Promise<void> => {
  try {
    const setup = await createSetup(options, log, service.spec());
    service.replace(setup);
    const { tls, users } = setup.web;
    log.info('reloaded rules and settings', { tls: tls !== undefined, users: Object.keys(users).length });
  } catch (error) {
    service.keep();
    const isPlain = error instanceof InputError || error instanceof AuditorError;
    const reason = isPlain ? error.message : String((error as Error).stack ?? error);
    log.error('reload failed, the rules and settings before stay', { reason });
  }
};

/** The first setup; undefined where the process that tries the rules was ended: by the kernel for its memory, say. */
const firstSetup = async (options: ServeOptions, log: Log): Promise<Setup | undefined> => {
  try {
    return await createSetup(options, log);
  } catch (error) {
    if (!(error instanceof AuditorError)) throw error;
    log.error('the rules could not be tried', { reason: error.message });
    // Neither a bug nor a mistake of the operator's, for which the unit would not try again.
    process.exitCode = exitCode.incomplete;
    return undefined;
  }
};

/** How to listen at each place that the options name. @throws InputError */
const placesOf = (options: ServeOptions): ((doorway: Server) => Promise<string>)[] => {
  const addresses = options['web.listenAddress'];
  if (!options['web.systemdSocket']) {
    const places = (addresses.length === 0 ? ['127.0.0.1:19177'] : addresses).map(parseListenAddress);
    return places.map((place) => (doorway) => listen(doorway, place));
  }
  if (addresses.length > 0) throw new InputError('say either --web.listen-address or --web.systemd-socket');
  return takeSystemdSockets(process.env, process.pid).map((socket) => (doorway) => listenOnSystemds(doorway, socket));
};

/** `virt-audit serve`: serves until SIGTERM or SIGINT, reloads on SIGHUP. */
export const serve = async (options: ServeOptions): Promise<void> => {
  const log = createLog({
    format: options['log.format'],
    level: options['log.level'],
    // What a reader who has fallen behind can't take is lost, rather than kept for ever.
    write: (line) => void (process.stderr.writableNeedDrain || process.stderr.write(line)),
    now: () => new Date(),
  });
  const places = placesOf(options);
  checkTelemetryPath(options['web.telemetryPath']);

  // Node would open a debugger on loopback, where whoever is on this machine could have this process do anything.
  process.on('SIGUSR1', () => {});
  // From now on a SIGHUP must not end the process, not even before there is something to reload.
  let service: Service | undefined;
  process.on(
    'SIGHUP',
    oneAtATime(async () => {
      if (service !== undefined) await reload(service, options, log);
    }),
  );
  const setup = await firstSetup(options, log);
  if (setup === undefined) return;
  service = createService(options, setup, log);
  const { stop } = service;
  try {
    for (const listenThere of places) {
      const address = await listenThere(service.openDoorway());
      log.info('listening', { address, tls: setup.web.tls !== undefined });
    }
    service.begin();
  } catch (error) {
    stop();
    if (!(error instanceof AddressAbsent)) throw error;
    log.error(error.message);
    // It may come with the network, so that the unit is to try again.
    process.exitCode = exitCode.incomplete;
    return;
  }
  const end = (): void => {
    stop();
    // A reload may be under way in a process of its own, which ends with this one.
    process.exit();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
};
