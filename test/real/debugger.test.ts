/** SIGUSR1, which is a wish for a debugger to Node, and for a new log file to many an administrator. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startExporter } from './startExporter.ts';
import { temporaryFolder } from './temporaryFolder.ts';

test('SIGUSR1 opens no debugger, in neither process', async () => {
  await using folder = await temporaryFolder();
  const domain = join(folder.path, 'a.xml');
  await writeFile(domain, "<domain type='kvm'><name>a</name></domain>");
  await using exporter = await startExporter(['--domains', domain, '--audit.min-interval', '100ms']);
  await exporter.ready();
  const auditor = exporter.auditorPid() as number;
  exporter.process.kill('SIGUSR1');
  process.kill(auditor, 'SIGUSR1');
  // Node says so within milliseconds; another audit takes longer, and shows that both go on.
  await sleep(300);
  const audits = async () => (await exporter.series()).get('virt_audit_audits_total') ?? Number.NaN;
  const before = await audits();
  await exporter.waitFor('another audit', (series) => (series.get('virt_audit_audits_total') ?? 0) > before);
  assert.equal(exporter.auditorPid(), auditor);
  assert.deepEqual(
    exporter.log.filter((line) => !/msg=listening/.test(line)),
    [],
  );
});
