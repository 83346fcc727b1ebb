import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** A client's bare connection. */
export interface Dialled {
  socket: Socket;
  /** All that came, once the server has closed it. */
  ended: Promise<string>;
}

/** Connects to a port of this machine, until the test ends. */
export const dial = async (context: TestContext, port: number, options = {}): Promise<Dialled> => {
  const socket = connect({ port, host: '127.0.0.1', ...options });
  context.after(() => socket.destroy());
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {});
  const ended = new Promise<string>((resolve) => {
    const end = () => resolve(Buffer.concat(chunks).toString());
    socket.once('end', end).once('close', end);
  });
  await once(socket, 'connect');
  return { socket, ended };
};
