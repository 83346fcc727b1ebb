/** `serve --web.systemd-socket` under systemd's own program for trying that out: it execs the service when somebody connects. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventually } from './eventually.ts';
import { realTest } from './realTest.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { mainModule } from './virtAudit.ts';

/** What a process has open as this file descriptor; undefined where there is no such one. */
const opened = (pid: number | undefined, fd: number | string): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch {
    return undefined;
  }
};

/** systemd takes no port 0, so the address is this process's own: all of 127.0.0.0/8 is this machine. */
const ownAddress = `127.${64 + ((process.pid >> 16) % 64)}.${(process.pid >> 8) % 256}.${process.pid % 256}:19177`;

const activate = (listen: string, domains: string): ChildProcess => {
  const serve = [mainModule, 'serve', '--web.systemd-socket', '--domains', domains];
  return spawn('systemd-socket-activate', ['-l', listen, process.execPath, ...serve], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
};

const sampleDomain = (folder: string): string => {
  const file = join(folder, 'a.xml');
  writeFileSync(file, "<domain type='kvm'><name>a</name></domain>");
  return file;
};

realTest('who connects to systemd’s socket is served, and no child inherits it', ['systemd'], async () => {
  await using folder = await temporaryFolder();
  const child = activate(ownAddress, sampleDomain(folder.path));
  const ended = once(child, 'exit');
  try {
    const answer = await eventually('systemd listens', () => fetch(`http://${ownAddress}/metrics`));
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /^virt_audit_domains\{state="shutoff"\} 1$/m);

    const socket = opened(child.pid, 3);
    assert.match(String(socket), /^socket:/);
    const auditor = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
    assert.match(auditor, /^\d+$/);
    const has = (pid: string): boolean =>
      readdirSync(`/proc/${pid}/fd`).some((fd) => opened(Number(pid), fd) === socket);
    assert.deepEqual([has(String(child.pid)), has(auditor)], [true, false]);
    assert.doesNotMatch(readFileSync(`/proc/${auditor}/environ`, 'utf8'), /LISTEN_/);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
});

realTest('a socket that is not of TCP is refused, with what to do', ['systemd'], async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'virt-audit.sock');
  const child = activate(path, sampleDomain(folder.path));
  const [said, [code]] = await Promise.all([
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'exit'),
    eventually('systemd listens', async () => {
      const socket = connect(path);
      await once(socket, 'connect');
      socket.destroy();
      return true;
    }),
  ]);
  assert.equal(code, 2);
  assert.match(
    said,
    /^virt-audit: --web\.systemd-socket: file descriptor 3, which systemd passed, is no TCP socket; let the \.socket unit have ListenStream=HOST:PORT and Accept=no$/m,
  );
});
