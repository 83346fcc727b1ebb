import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { patience } from './patience.ts';
import type { ProcessMetrics } from './processMetrics.ts';
import { page } from './renderPage.ts';
import type { SnapshotKeeper } from './snapshotKeeper.ts';

export interface ServerOptions {
  keeper: SnapshotKeeper;
  processMetrics: ProcessMetrics;
  telemetryPath: string;
}

/** Prometheus' text format 0.0.4; OpenMetrics is not offered. */
const metricsType = 'text/plain; version=0.0.4; charset=utf-8';
const htmlType = 'text/html; charset=utf-8';
const plainType = 'text/plain; charset=utf-8';

interface Answer {
  status: number;
  type: string;
  body: string;
}

const plain = (status: number, body: string): Answer => ({ status, type: plainType, body: `${body}\n` });

const html = (body: string): Answer => ({ status: 200, type: htmlType, body });

const metrics = async (request: IncomingMessage, { keeper, processMetrics }: ServerOptions): Promise<Answer> => {
  const header = request.headers['x-prometheus-scrape-timeout-seconds'];
  const snapshot = await keeper.fresh(patience(Array.isArray(header) ? header[0] : header));
  if (snapshot === undefined) return plain(503, 'The first audit has not ended yet.');
  return { status: 200, type: metricsType, body: `${snapshot.metrics}${await processMetrics.text()}` };
};

/** Only these paths exist: a probe of any other must not find life. */
const answer = async (request: IncomingMessage, options: ServerOptions): Promise<Answer> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET and HEAD are served.');
  const path = (request.url ?? '').split('?')[0];
  switch (path) {
    case options.telemetryPath:
      return metrics(request, options);
    case '/':
      return html(options.keeper.last()?.page ?? page('<p>No audit has ended yet.</p>', options.telemetryPath));
    case '/-/healthy':
      return plain(200, 'virt-audit is healthy.');
    case '/-/ready':
      return options.keeper.last() === undefined
        ? plain(503, 'The first audit has not ended yet.')
        : plain(200, 'virt-audit is ready.');
    default:
      return plain(404, 'Not found.');
  }
};

const send = (request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void => {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
};

/** The exporter's HTTP server, not listening yet. */
export const createExporter = (options: ServerOptions): Server =>
  createServer((request, response) => {
    answer(request, options).then(
      (result) => send(request, response, result),
      (error: Error) => {
        process.stderr.write(`virt-audit: ${error.stack ?? error.message}\n`);
        send(request, response, plain(500, 'This is a bug in virt-audit; its log says more.'));
      },
    );
  });
