import { createServer, type Server as NetServer } from 'node:net';
import type { Connections } from './connections.ts';
import type { Exporter } from './server.ts';

/**
 * Accepts connections and hands each to the exporter of the moment, so that a reload may change everything, TLS
 * included, without ever not listening.
 *
 * @param current the exporter of the moment
 * @param connections those of all doorways
 */
export const createDoorway = (current: () => Exporter, connections: Connections): NetServer =>
  createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    if (connections.admit(socket)) current().server.emit('connection', socket);
  });
