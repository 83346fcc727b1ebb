import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { type RequestOptions, request as secureRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { createConnections } from '../../src/exporter/connections.ts';
import { createDoorway } from '../../src/exporter/doorway.ts';
import { defaultLimits, type Limits } from '../../src/exporter/limits.ts';
import { createProcessMetrics } from '../../src/exporter/processMetrics.ts';
import { createExporter } from '../../src/exporter/server.ts';
import { createSnapshot, type Snapshot } from '../../src/exporter/snapshot.ts';
import { openWeb, type WebConfig } from '../../src/exporter/webConfig.ts';
import type { Log, LogFields } from '../../src/model/log.ts';

interface Got {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Doorway {
  port: number;
  /** Every request for a snapshot, by the patience that it had. */
  patience: number[];
  /** Lines that the server logged. */
  logged: { level: string; message: string; fields: LogFields | undefined }[];
  /** How many connections the server has open. */
  connections(): Promise<number>;
  /** Serves otherwise from now on, as after a reload. */
  replace(web: WebConfig): void;
  get(path: string, options?: RequestOptions): Promise<Got>;
}

/** A snapshot with little in it. */
export const sampleSnapshot = (): Promise<Snapshot> =>
  createSnapshot('virt_audit_libvirt_up 1\n', '<p>ü <!--age--></p>', 0);

/** A request's answer; over TLS where a CA is given. */
export const get = (options: RequestOptions): Promise<Got> =>
  new Promise((resolve, reject) => {
    const send = options.ca === undefined ? request : secureRequest;
    send({ host: '127.0.0.1', agent: false, ...options }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
    })
      .on('error', reject)
      .end();
  });

/** An exporter of one snapshot on a port of its own, which ends with the test. */
export const startDoorway = async (
  context: TestContext,
  options: {
    last?: Snapshot | undefined;
    /** Why no audit gave a result. */
    failure?: string;
    telemetryPath?: string;
    web?: Partial<WebConfig>;
    limits?: Partial<Limits>;
    now?: number;
    /** What every request for a snapshot waits for. */
    audit?: Promise<unknown>;
  } = {},
): Promise<Doorway> => {
  const { last, telemetryPath = '/metrics', now = 0 } = options;
  const patience: number[] = [];
  const logged: Doorway['logged'] = [];
  const writer = (level: string) => (message: string, fields?: LogFields) =>
    void logged.push({ level, message, fields });
  const log: Log = { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
  const keeper = {
    last: () => last,
    failure: () => options.failure,
    fresh: async (milliseconds: number) => {
      patience.push(milliseconds);
      await options.audit;
      return last;
    },
    expire: () => {},
  };
  const processMetrics = createProcessMetrics(30_000);
  const limits = { ...defaultLimits, ...options.limits };
  const table = createConnections(limits.connections, log);
  const exporterOf = (web: WebConfig) =>
    createExporter({ keeper, processMetrics, telemetryPath, now: () => now, web, limits, connections: table, log });
  let exporter = exporterOf({ ...openWeb, ...options.web });
  const doorway = createDoorway(() => exporter, table);
  doorway.listen(0, '127.0.0.1');
  await once(doorway, 'listening');
  context.after(() => {
    doorway.close();
    exporter.server.closeAllConnections();
  });
  const { port } = doorway.address() as AddressInfo;
  return {
    port,
    patience,
    logged,
    connections: () =>
      new Promise((resolve, reject) => {
        doorway.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    replace: (web) => {
      const old = exporter;
      exporter = exporterOf(web);
      old.retire();
    },
    get: (path, more = {}) => get({ port, path, ...more }),
  };
};
