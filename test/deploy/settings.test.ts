/** The settings that the package installs: as they are, and with every comment that is a setting put into force. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { outputOf } from '../real/outputOf.ts';
import { runCommand } from '../real/runCommand.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';
import { mainModule } from '../real/virtAudit.ts';
import { deployed } from './deployed.ts';

test('virt-audit takes the installed settings, and all that they show', async () => {
  const rulesWith = (file: string) => outputOf(process.execPath, [mainModule, 'rules', 'list', '--config', file]);
  const installed = deployed('deb', 'virt-audit.yaml');
  assert.match(await rulesWith(installed), /guest-agent-channel\b/);

  await using folder = await temporaryFolder();
  const all = join(folder.path, 'all.yaml');
  // There are no further rules.
  const text = (await readFile(installed, 'utf8')).replaceAll(/^#rules:.*$/gm, '').replaceAll(/^#(?=\w| {2})/gm, '');
  await writeFile(all, text);
  const rules = await rulesWith(all);
  assert.match(rules, /systemvm-vport-channel/);
  assert.doesNotMatch(rules, /guest-agent-channel /);
});

test('virt-audit takes the arguments with which the service starts', async () => {
  const text = await readFile(deployed('deb', 'default'), 'utf8');
  const args = /^ARGS="(.*)"$/m.exec(text)?.[1]?.split(' ') ?? [];
  const sample = fileURLToPath(new URL('../hosts/sample/', import.meta.url));
  const evidence = ['--domains', join(sample, 'domains'), '--root', join(sample, 'root')];
  const { code, stderr } = await runCommand(process.execPath, [mainModule, 'check', ...args, ...evidence]);
  assert.deepEqual([code === 2, stderr], [false, '']);
});
