import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Holds a connection to so many requests whose answers it has not taken: Node reads all that a client sends at once
 * (pipelining, RFC 9112, section 9.3.2), and keeps every answer until it is read. A connection past it is ended; no scraper or
 * browser asks again before it has its answer.
 *
 * @returns whether the request may be answered
 */
export const createPipelineLimit = (
  most: number,
): ((request: IncomingMessage, response: ServerResponse) => boolean) => {
  const waiting = new WeakMap<Socket, number>();
  return ({ socket }, response) => {
    const count = (waiting.get(socket) ?? 0) + 1;
    waiting.set(socket, count);
    if (count > most) {
      socket.destroy();
      return false;
    }
    response.once('close', () => waiting.set(socket, (waiting.get(socket) ?? 1) - 1));
    return true;
  };
};
