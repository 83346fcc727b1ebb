import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mainModule } from '../real/virtAudit.ts';

/** An exporter on a port of its own. */
export interface Serving extends AsyncDisposable {
  port: number;
  pid: number;
}

const ended = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

/** Starts a program that listens, and waits until it says where. */
const start = async (args: readonly string[]): Promise<Serving> => {
  const child = spawn(process.execPath, args);
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port !== undefined) {
      child.stderr.resume();
      return { port: Number(port), pid: child.pid ?? 0, [Symbol.asyncDispose]: () => ended(child) };
    }
  }
  throw new Error(said.join('\n'));
};

/** Starts `virt-audit serve`. */
export const serving = (...args: string[]): Promise<Serving> =>
  start([mainModule, 'serve', '--web.listen-address', '127.0.0.1:0', ...args]);

/** Starts a server that only sends so many bytes. */
export const sending = (bytes: number): Promise<Serving> =>
  start(['--import', 'tsx', join(import.meta.dirname, 'bareServer.ts'), String(bytes)]);

const agent = new Agent({ keepAlive: true, maxSockets: 50 });

/** Scrapes as Prometheus does; tells how long it took, in milliseconds, the status and the bytes on the wire. */
export const scrape = (port: number): Promise<{ milliseconds: number; status: number; bytes: number }> =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const headers = { 'accept-encoding': 'gzip', 'x-prometheus-scrape-timeout-seconds': '60' };
    const request = get({ host: '127.0.0.1', port, path: '/metrics', agent, headers }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () =>
        resolve({ milliseconds: performance.now() - began, status: response.statusCode ?? 0, bytes }),
      );
    });
    request.on('error', reject);
  });
