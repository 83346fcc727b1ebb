/** A log that whoever should read it leaves lying: as of a journal that hangs, or a container's logger. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from './eventually.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { mainModule } from './virtAudit.ts';

const project = join(import.meta.dirname, '..', '..');
const patient = { timeoutMs: 60_000 };

/** A pipe, opened so that neither side waits for the other. */
const openPipe = (path: string): number => {
  execFileSync('mkfifo', [path]);
  return openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
};

const untilItWouldWait = (act: () => number): void => {
  try {
    while (act() > 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
};

const fill = (pipe: number): void => untilItWouldWait(() => writeSync(pipe, 'x'.repeat(4096)));

const drain = (pipe: number): string => {
  const chunk = Buffer.alloc(65_536);
  let text = '';
  untilItWouldWait(() => {
    const count = readSync(pipe, chunk);
    text += chunk.toString('latin1', 0, count);
    return count;
  });
  return text;
};

/** As the log can't tell it. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

test('pages are served while nobody reads the log, and it goes on once somebody does', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'log');
  const pipe = openPipe(path);
  fill(pipe);
  const log = openSync(path, constants.O_WRONLY);
  const port = await freePort();
  const domains = join(project, 'test', 'hosts', 'sample', 'domains');
  const listen = ['--web.listen-address', `127.0.0.1:${port}`];
  const child = spawn(process.execPath, [mainModule, 'serve', ...listen, '--domains', domains], {
    stdio: ['ignore', 'ignore', log],
  });
  const exited = once(child, 'exit');
  try {
    const options = { signal: AbortSignal.timeout(patient.timeoutMs) };
    const status = async (at: string) => (await fetch(`http://127.0.0.1:${port}${at}`, options)).status;
    await eventually('ready', async () => (await status('/-/ready')) === 200 || undefined, patient);
    assert.equal(await status('/metrics'), 200);
    drain(pipe);
    child.kill('SIGHUP');
    let said = '';
    await eventually(
      'the log goes on',
      () => {
        said += drain(pipe);
        return /msg="reloaded rules/.test(said) || undefined;
      },
      patient,
    );
    child.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null]);
  } finally {
    child.kill('SIGKILL');
    closeSync(log);
    closeSync(pipe);
  }
});
