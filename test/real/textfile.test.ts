/** `check --format prometheus=PATH`, as node_exporter's textfile collector reads it. */
import assert from 'node:assert/strict';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promtool } from './promtool.ts';
import { realTest } from './realTest.ts';
import { runCommand } from './runCommand.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { mainModule, virtAudit } from './virtAudit.ts';

/** One about which everything is known: this machine's own would differ from one to the next. */
const root = join(import.meta.dirname, '..', 'hosts', 'sample', 'root');

const lastComplete = /^virt_audit_audit_last_complete_timestamp_seconds (\S+)$/m;

realTest('a textfile is whole, readable by all, and in nobody’s way', ['virsh', 'prometheus'], async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'virt-audit.prom');
  const check = (uri: string) =>
    virtAudit(runCommand, ['check', '-c', uri, '--root', root, '--format', `prometheus=${path}`]);

  const unmasked = `umask 077; exec ${process.execPath} ${mainModule} check -c test:///default --root ${root} --fail-on never --format prometheus=${path}`;
  const first = await runCommand('sh', ['-c', unmasked]);
  assert.deepEqual([first.code, first.stdout, first.stderr], [0, '', '']);
  assert.equal((await stat(path)).mode & 0o7777, 0o644);
  const text = await readFile(path, 'utf8');
  assert.deepEqual(await promtool(['check', 'metrics'], text), { code: 0, stdout: '', stderr: '' });
  assert.ok(text.endsWith('\n'));
  assert.match(text, /^virt_audit_build_info\{version="/m);
  assert.match(text, /^virt_audit_rule_targets\{/m);
  assert.doesNotMatch(text, /^(process|nodejs)_|_total /m);
  const complete = lastComplete.exec(text)?.[1];
  assert.notEqual(complete, undefined);

  // An audit that is not complete leaves the time of the last that was.
  const second = await check('qemu:///system?socket=/run/nowhere-sock-ro');
  assert.equal(second.code, 3);
  const down = await readFile(path, 'utf8');
  assert.match(down, /^virt_audit_libvirt_up 0$/m);
  assert.match(down, /^virt_audit_audit_complete 0$/m);
  assert.equal(lastComplete.exec(down)?.[1], complete);
  assert.deepEqual(await promtool(['check', 'metrics'], down), { code: 0, stdout: '', stderr: '' });
  assert.deepEqual(await readdir(folder.path), ['virt-audit.prom']);
});

realTest('with the disk full the old textfile stays, and one line says why', ['privateLibvirt'], async () => {
  await using folder = await temporaryFolder();
  const [mounted, script] = [join(folder.path, 'full'), join(folder.path, 'run.sh')];
  await writeFile(
    script,
    `set -eu
mkdir ${mounted}
mount -t tmpfs -o size=16k tmpfs ${mounted}
echo old >${mounted}/virt-audit.prom
set +e
${process.execPath} ${mainModule} check -c test:///default --format prometheus=${mounted}/virt-audit.prom
echo "exit $?"
cat ${mounted}/virt-audit.prom
ls ${mounted}
`,
  );
  const { stdout, stderr } = await runCommand('unshare', ['--mount', '--propagation', 'private', 'sh', script]);
  assert.equal(stdout, 'exit 2\nold\nvirt-audit.prom\n');
  assert.equal(stderr, `virt-audit: --format: can't write ${mounted}/virt-audit.prom: no space is left\n`);
});

realTest('a domain without a uuid is one of the domains', [], async () => {
  await using folder = await temporaryFolder();
  const [path, file, other] = ['a.prom', 'a.xml', 'b.xml'].map((name) => join(folder.path, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(file, "<domain type='kvm'><name>same</name></domain>");
  await writeFile(
    other,
    "<domain type='kvm'><name>other</name><uuid>5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01</uuid></domain>",
  );
  await virtAudit(runCommand, [
    'check',
    '--domains',
    file,
    '--domains',
    other,
    '--root',
    root,
    '--format',
    `prometheus=${path}`,
  ]);
  assert.deepEqual((await readFile(path, 'utf8')).match(/^virt_audit_domain_info.*$/gm), [
    'virt_audit_domain_info{domain="other",uuid="5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01"} 1',
    'virt_audit_domain_info{domain="same",uuid=""} 1',
  ]);
});
