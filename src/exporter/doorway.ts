import { createServer, type Server as NetServer } from 'node:net';
import type { Limits } from './limits.ts';
import type { Exporter } from './server.ts';

/**
 * Accepts connections and hands each to the exporter of the moment, so that a reload may change everything, TLS
 * included, without ever not listening.
 *
 * @param current the exporter of the moment
 */
export const createDoorway = (current: () => Exporter, { connections }: Limits): NetServer => {
  const doorway = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    current().server.emit('connection', socket);
  });
  doorway.maxConnections = connections;
  doorway.on('drop', () => current().server.closeIdleConnections());
  return doorway;
};
