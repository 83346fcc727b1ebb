/** The systemd unit: systemd takes it, and finds little to fear in it. */
import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { realTest } from '../real/realTest.ts';
import { runCommand } from '../real/runCommand.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';
import { deployed } from './deployed.ts';

const unit = deployed('systemd', 'virt-audit.service');
const socket = deployed('systemd', 'virt-audit.socket');

realTest('systemd takes the unit, and its socket', ['systemd'], async () => {
  await using folder = await temporaryFolder();
  const installed = [unit, socket].map((file) => join(folder.path, basename(file)));
  for (const [index, file] of [unit, socket].entries()) {
    // The program and its manual page are not installed here.
    const text = (await readFile(file, 'utf8'))
      .replaceAll('/usr/bin/virt-audit', '/bin/true')
      .replace(/^Documentation=.*\n/m, '');
    await writeFile(String(installed[index]), text);
  }
  const { code, stdout, stderr } = await runCommand('systemd-analyze', ['verify', '--man=no', ...installed]);
  // What is said of units of this machine is not ours.
  const said = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('virt-audit.'));
  assert.deepEqual([code, said], [0, []]);
});

realTest('systemd-analyze finds an exposure below 2.5, and not root', ['systemd'], async () => {
  await using folder = await temporaryFolder();
  const installed = join(folder.path, 'virt-audit.service');
  await cp(unit, installed);
  const args = ['security', '--offline=true', '--no-pager', '--json=short', '--threshold=24', installed];
  const { code, stdout, stderr } = await runCommand('systemd-analyze', args);
  assert.equal(code, 0, `${stdout}${stderr}`);
  const settings = JSON.parse(stdout) as { json_field: string; set: boolean | null }[];
  const ok = (field: string) => settings.find(({ json_field }) => json_field === field)?.set;
  assert.equal(ok('UserOrDynamicUser'), true);
  assert.equal(ok('NoNewPrivileges'), true);
  assert.equal(ok('CapabilityBoundingSet_CAP_MAC'), true);
  assert.equal(ok('CapabilityBoundingSet_CAP_SYS_ADMIN'), true);
});
