import { Worker } from 'node:worker_threads';

interface Waiting {
  resolve(found: boolean): void;
  reject(error: Error): void;
}

/** What runs in it: text, since on Node 20 no thread can be given a module of these sources before they are built. */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const bcrypt = import(workerData);
parentPort.on('message', async ({ id, password, hash }) => {
  const { compare } = await bcrypt;
  parentPort.postMessage({ id, found: await compare(password, hash) });
});
`;

/**
 * Compares passwords with bcrypt hashes in a thread of its own, which is started when first needed: here each would hold up
 * every page for as long as it takes, by a tenth of a second at each turn of the event loop.
 */
export const createPasswordThread = (): ((password: string, hash: string) => Promise<boolean>) => {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let asked = 0;

  const begin = (): Worker => {
    const worker = new Worker(program, { eval: true, workerData: import.meta.resolve('bcryptjs'), execArgv: [] });
    worker.on('message', ({ id, found }: { id: number; found: boolean }) => {
      waiting.get(id)?.resolve(found);
      waiting.delete(id);
      // With nothing to do it keeps no process alive.
      if (waiting.size === 0) worker.unref();
    });
    const end = (error: Error): void => {
      if (thread !== worker) return;
      thread = undefined;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    worker.once('error', end);
    worker.once('exit', (code) => end(new Error(`the thread that compares passwords ended with ${code}`)));
    return worker;
  };

  return (password, hash) =>
    new Promise((resolve, reject) => {
      thread ??= begin();
      thread.ref();
      asked += 1;
      waiting.set(asked, { resolve, reject });
      thread.postMessage({ id: asked, password, hash });
    });
};
