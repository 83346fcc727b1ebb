import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../model/log.ts';
import { holderOf } from './holderOf.ts';

/** The connections that are open, held to a number. */
export interface Connections {
  /** Takes one in, for which another may have to go; where none may, it is ended itself. @returns whether it was taken in */
  admit(socket: Socket): boolean;
  /** A whole request has come, on this connection or on the TLS within it, and `response` will answer it. */
  asked(socket: Socket, response: ServerResponse): void;
}

interface Connection {
  socket: Socket;
  holder: string;
  /** What has been asked and is not answered to the end. */
  due: Set<ServerResponse>;
  /** When it was opened, was asked on last or was answered, in steps of whatever happened to any. */
  since: number;
}

/**
 * Something is asked, and no answer has begun; whoever has one and does not read it waits for nothing. Nor is it known of who
 * ended their own side, since so does who has gone altogether.
 */
const waits = ({ due }: Connection): boolean =>
  due.size > 0 && ![...due].some(({ headersSent, req }) => headersSent || req.socket.readableEnded);

const goesBefore = (a: Connection, b: Connection): boolean => (waits(a) === waits(b) ? a.since < b.since : waits(b));

/** The same for a connection and for the TLS within it; Node leads nobody from the one to the other. */
const endsOf = ({ remoteAddress, remotePort, localAddress, localPort }: Socket): string =>
  [remoteAddress, remotePort, localAddress, localPort].join(' ');

/**
 * Past `most`, whoever holds the most connections gives one up for the new one: that on which nothing has been asked or
 * answered for longest. One that waits for its answer goes only where its holder has more than the newcomer would have. So neither
 * who is silent nor who does not read keeps others out, and whoever asks too much keeps out only themselves.
 */
export const createConnections = (most: number, log: Log): Connections => {
  const open = new Set<Connection>();
  const byEnds = new Map<string, Connection>();
  const held = new Map<string, number>();
  let step = 0;
  let told = false;

  const count = (holder: string, change: 1 | -1): void => {
    const now = (held.get(holder) ?? 0) + change;
    if (now === 0) held.delete(holder);
    else held.set(holder, now);
  };

  const forget = (connection: Connection): void => {
    if (!open.delete(connection)) return;
    count(connection.holder, -1);
    if (open.size < most / 2) told = false;
  };

  /** Who makes room for one more connection of this holder, if anyone. */
  const leaver = (holder: string): Connection | undefined => {
    const would = (held.get(holder) ?? 0) + 1;
    const largest = Math.max(would, ...held.values());
    const mayLeave = [...open].filter(
      (one) => (one.holder === holder ? would : held.get(one.holder)) === largest && (largest > would || !waits(one)),
    );
    const [first] = mayLeave;
    return first && mayLeave.reduce((leaving, one) => (goesBefore(one, leaving) ? one : leaving), first);
  };

  const makeRoom = (holder: string): boolean => {
    if (open.size < most) return true;
    const leaving = leaver(holder);
    const outcome = leaving === undefined ? 'refused' : 'taken in for another';
    log.debug('connection past the limit', { client: holder, outcome });
    if (!told) log.warn('as many connections are open as may be; for new ones, others are closed', { limit: most });
    told = true;
    if (leaving === undefined) return false;
    forget(leaving);
    leaving.socket.destroy();
    return true;
  };

  return {
    admit: (socket) => {
      const holder = holderOf(socket.remoteAddress);
      if (!makeRoom(holder)) {
        socket.destroy();
        return false;
      }
      step += 1;
      const connection: Connection = { socket, holder, due: new Set(), since: step };
      const ends = endsOf(socket);
      open.add(connection);
      byEnds.set(ends, connection);
      count(holder, 1);
      socket.once('close', () => {
        forget(connection);
        if (byEnds.get(ends) === connection) byEnds.delete(ends);
      });
      return true;
    },
    asked: (socket, response) => {
      const connection = byEnds.get(endsOf(socket));
      if (connection === undefined) return;
      const change = (): void => {
        step += 1;
        connection.since = step;
      };
      connection.due.add(response);
      change();
      response.once('close', () => {
        connection.due.delete(response);
        change();
      });
    },
  };
};
