import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import { gzipParts, storedPart } from './gzipParts.ts';

/** Bytes. */
const sliceSize = 65_536;

/** Whether the client takes gzip (RFC 9110, section 12.5.3); others are sent what they certainly take. */
const takesGzip = (header: string | undefined): boolean =>
  (header ?? '').split(',').some((coding) => /^\s*(x-)?gzip\s*(;\s*q=(1(\.0*)?|0\.\d*[1-9]\d*)\s*)?$/i.test(coding));

/** What to send; what is sent to all is not copied for each. */
const bodyOf = (body: Answer['body'], gzip: boolean): Buffer[] =>
  gzip
    ? gzipParts(body.map((part) => (typeof part === 'string' ? storedPart(part) : part)))
    : body.map((part) => (typeof part === 'string' ? Buffer.from(part) : part.plain));

/**
 * Pieces no larger than a connection takes at once: TLS keeps all that it was given and has not sent, and a page that many are
 * slow to read is to be in memory once, not once for each of them.
 */
function* slices(pieces: readonly Buffer[]): Generator<Buffer> {
  for (const piece of pieces)
    for (let at = 0; at < piece.length; at += sliceSize) yield piece.subarray(at, at + sliceSize);
}

/**
 * Writes pieces as fast as they are taken. Whoever goes before all is sent has had enough. (A pipeline would do as well, and
 * takes longer than all else of a scrape.)
 */
const write = async (response: ServerResponse, pieces: Iterable<Buffer>): Promise<void> => {
  for (const piece of pieces) {
    if (response.destroyed) return;
    if (!response.write(piece)) await taken(response);
  }
  response.end();
};

/** When what was written is taken, or nothing will be any more. */
const taken = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });

/** Sends an answer, compressed where the client takes that. @param more headers, which win */
export const send = async (
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
  more: Readonly<Record<string, string>>,
): Promise<void> => {
  const gzip = status === 200 && takesGzip(request.headers['accept-encoding']);
  const content = bodyOf(body, gzip);
  response.writeHead(status, {
    'content-length': content.reduce((size, piece) => size + piece.length, 0),
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    vary: 'accept-encoding',
    ...headers,
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    ...more,
  });
  await write(response, request.method === 'HEAD' ? [] : slices(content));
};
