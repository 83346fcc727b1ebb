import type { IncomingMessage } from 'node:http';
import { age } from './age.ts';
import { escapeHtml } from './escapeHtml.ts';
import type { Part } from './gzipParts.ts';
import { page, pagePolicy } from './page.ts';
import { patience } from './patience.ts';
import type { ProcessMetrics } from './processMetrics.ts';
import type { SnapshotKeeper } from './snapshotKeeper.ts';

/** What the exporter answers from. */
export interface Served {
  keeper: SnapshotKeeper;
  processMetrics: ProcessMetrics;
  telemetryPath: string;
  /** The monotonic clock of the keeper, in milliseconds. */
  now(): number;
}

/** One answer; its body is what was kept and what is new, in order. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: readonly (Part | string)[];
}

/** Prometheus' text format 0.0.4; OpenMetrics is not offered. */
const metricsType = 'text/plain; version=0.0.4; charset=utf-8';
const htmlType = 'text/html; charset=utf-8';
const plainType = 'text/plain; charset=utf-8';

/** How long the page waits for a newer audit, in milliseconds: a person rather reads an old one with its age. */
const pagePatience = 1000;

/** A line of text. */
export const plain = (status: number, line: string, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': plainType, ...headers },
  body: [`${line}\n`],
});

/** Why the last audit gave no result, on one line. */
const failureOf = (keeper: SnapshotKeeper): string | undefined => keeper.failure()?.replaceAll(/\s+/g, ' ');

/** Why there is nothing to show. */
const lack = (keeper: SnapshotKeeper): string => {
  const failure = failureOf(keeper);
  return failure === undefined
    ? 'The first audit has not ended yet.'
    : `No audit has given a result yet. The last one: ${failure}`;
};

/** What the page says of the audits since the one that it shows: of a hung host nobody must take it for the news. */
const since = (keeper: SnapshotKeeper): string => {
  const failure = failureOf(keeper);
  return failure === undefined
    ? ''
    : `\n<p><span class="mark failed">No audit since then has given a result.</span> The last one: ${escapeHtml(failure)}</p>`;
};

const notYet = (keeper: SnapshotKeeper): Answer => plain(503, lack(keeper), { 'retry-after': '5' });

const metrics = async (request: IncomingMessage, { keeper, processMetrics }: Served): Promise<Answer> => {
  const header = request.headers['x-prometheus-scrape-timeout-seconds'];
  const snapshot = await keeper.fresh(patience(Array.isArray(header) ? header[0] : header));
  if (snapshot === undefined) return notYet(keeper);
  return {
    status: 200,
    headers: { 'content-type': metricsType },
    body: [snapshot.metrics, ...(await processMetrics.parts())],
  };
};

const landing = async ({ keeper, telemetryPath, now }: Served): Promise<Answer> => {
  const headers = { 'content-type': htmlType, 'content-security-policy': pagePolicy };
  const snapshot = await keeper.fresh(pagePatience);
  if (snapshot === undefined) {
    return { status: 200, headers, body: [page(`<p>${escapeHtml(lack(keeper))}</p>`, telemetryPath)] };
  }
  const [before, between, after] = snapshot.page;
  return { status: 200, headers, body: [before, age(now() - snapshot.at), between, since(keeper), after] };
};

/** Of a target in origin-form, or in absolute-form, which every server takes (RFC 9112, section 3.2). */
const pathOf = (target: string): string | undefined => target.replace(/^https?:\/\/[^/?]*/i, '').split('?')[0];

/** Only these paths exist: a probe of any other must not find life. */
export const answer = async (request: IncomingMessage, served: Served): Promise<Answer> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return plain(405, 'Only GET and HEAD are served.', { allow: 'GET, HEAD', connection: 'close' });
  }
  switch (pathOf(request.url ?? '')) {
    case served.telemetryPath:
      return metrics(request, served);
    case '/':
      return landing(served);
    case '/-/healthy':
      return plain(200, 'virt-audit is healthy.');
    case '/-/ready':
      return served.keeper.last() === undefined ? notYet(served.keeper) : plain(200, 'virt-audit is ready.');
    default:
      return plain(404, 'Not found.');
  }
};
