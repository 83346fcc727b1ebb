/** An exporter that may open no more files, as where something else on the host has taken them all. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { outputOf } from './outputOf.ts';
import { startExporter } from './startExporter.ts';
import { temporaryFolder } from './temporaryFolder.ts';

test('no process can be started: said as it is, and well again with the next file', async () => {
  await using folder = await temporaryFolder();
  const domain = join(folder.path, 'a.xml');
  await writeFile(domain, "<domain type='kvm'><name>a</name></domain>");
  const args = ['--domains', domain, '--root', folder.path, '--audit.min-interval', '100ms'];
  await using exporter = await startExporter(args);
  await exporter.ready();
  const { pid } = exporter.process;
  const limit = (files: number) => outputOf('prlimit', ['--pid', String(pid), `--nofile=${files}:`]);
  // The limit is on their numbers, among which some may be free. One is for the scrape.
  const open = readdirSync(`/proc/${pid}/fd`).map(Number);
  const free = Array.from({ length: open.length + 1 }, (_, number) => number).find((number) => !open.includes(number));
  await limit((free ?? 0) + 1);
  const auditor = exporter.auditorPid();
  assert.ok(auditor !== undefined);
  process.kill(auditor, 'SIGKILL');
  await exporter.waitFor('no audit succeeds', (series) => series.get('virt_audit_last_audit_successful') === 0);
  await exporter.waitFor('more fail', (series) => (series.get('virt_audit_audit_failures_total') ?? 0) > 3);
  assert.match(await exporter.logged(/spawn/), /msg="audit failed" reason="the auditor's process: spawn \S+ EMFILE"$/);
  await limit(1024);
  await exporter.waitFor('one succeeds', (series) => series.get('virt_audit_last_audit_successful') === 1);
});
