/** The process that tries the rules is ended from outside, as the kernel does where memory is short. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { childrenOf } from './childrenOf.ts';
import { eventually } from './eventually.ts';
import { heldForks } from './heldForks.ts';
import { startExporter } from './startExporter.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { mainModule } from './virtAudit.ts';

const reason = /reason="the auditor's process ended early \(SIGKILL\)"/;

/** Ends the first child of a process that is none of these. */
const killNext = async (pid: number | undefined, others: readonly number[]): Promise<void> => {
  const find = () => childrenOf(pid).find((child) => !others.includes(child));
  process.kill(await eventually('rules are tried', find), 'SIGKILL');
};

const evidence = async (folder: string): Promise<string[]> => {
  const domain = join(folder, 'a.xml');
  await writeFile(domain, "<domain type='kvm'><name>a</name></domain>");
  return ['--domains', domain, '--root', folder];
};

test('at the start: said as it is, and the unit may try again', async (context) => {
  await using folder = await temporaryFolder();
  const args = [mainModule, 'serve', '--web.listen-address', '127.0.0.1:0', ...(await evidence(folder.path))];
  const { env } = await heldForks(folder.path);
  const child = spawn(process.execPath, args, { env });
  context.after(() => child.kill('SIGKILL'));
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit'), killNext(child.pid, [])]);
  assert.match(said, new RegExp(`^time=\\S+ level=ERROR msg="the rules could not be tried" ${reason.source}\n$`));
  // Not 2, at which systemd leaves the unit failed.
  assert.equal(code, 3);
});

test('at a reload: said without a stack, and all stays', async () => {
  await using folder = await temporaryFolder();
  const { env, hold, release } = await heldForks(folder.path);
  await release();
  const start = (command: string, args: readonly string[]) => spawn(command, args, { env });
  await using exporter = await startExporter(await evidence(folder.path), start);
  await exporter.ready();
  const { pid } = exporter.process;
  const before = childrenOf(pid);
  await hold();
  exporter.process.kill('SIGHUP');
  await killNext(pid, before);
  await exporter.logged(new RegExp(`reload failed.* ${reason.source}$`));
  assert.equal((await exporter.series()).get('virt_audit_config_last_reload_successful'), 0);
  assert.deepEqual(childrenOf(pid), before);
});
