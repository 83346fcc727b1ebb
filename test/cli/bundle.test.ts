/** Evidence saved on one host and judged elsewhere; and what changed between two audits. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { runCommand } from '../real/runCommand.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';
import { type JsonReport, virtAudit } from '../real/virtAudit.ts';

const sample = join(import.meta.dirname, '..', 'hosts', 'sample');
const run = (...args: string[]) => virtAudit(runCommand, args);

const timeless = (text: string): string =>
  text.replaceAll(/"time": "[^"]*"/g, '"time": ""').replaceAll(/"seconds": [\d.e-]+/g, '"seconds": 0');

/** A host of its own below `folder`, to be changed at will. */
const hostIn = (folder: string): readonly string[] => {
  cpSync(sample, join(folder, 'host'), { recursive: true, verbatimSymlinks: true });
  return ['--domains', join(folder, 'host', 'domains'), '--root', join(folder, 'host', 'root')];
};

describe('collect', () => {
  test('a bundle gives the same findings, byte for byte, when its host is gone', async () => {
    await using folder = await temporaryFolder();
    const host = hostIn(folder.path);
    const bundle = join(folder.path, 'bundle.json');
    const live = await run('check', '--format', 'json', ...host);
    const collected = await run('collect', '-o', bundle, ...host);
    assert.deepEqual([collected.stdout, collected.stderr], ['', '']);
    rmSync(join(folder.path, 'host'), { recursive: true });
    const saved = await run('check', '--format', 'json', '--from', bundle);
    assert.equal(saved.code, live.code);
    assert.equal(timeless(saved.stdout), timeless(live.stdout));
    assert.equal(statSync(bundle).mode & 0o777, 0o600);
  });

  test('one that is not done in time is told of, is no bug, and is not saved', async () => {
    await using folder = await temporaryFolder();
    const bundle = join(folder.path, 'bundle.json');
    const { code, stderr } = await run('collect', '-o', bundle, '--timeout', '1ms', ...hostIn(folder.path));
    assert.deepEqual([code, existsSync(bundle)], [3, false]);
    assert.match(stderr, /^virt-audit: nothing was saved: the audit did not end within 0\.001 s; .*\n$/);
  });

  test('what the host’s sources did not bring is unknown, of domains too', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'bundle.json');
    await run('collect', '-o', path, ...hostIn(folder.path));
    const bundle = JSON.parse(readFileSync(path, 'utf8'));
    const documents = bundle.documents.filter(({ kind }: { kind: string }) => kind === 'domain');
    const sources = [{ name: 'host', ok: false, seconds: 0, reason: 'no time was left' }];
    writeFileSync(path, JSON.stringify({ ...bundle, documents, sources }));
    const { stdout, code } = await run('check', '--format', 'json', '--from', path);
    const report = JSON.parse(stdout) as JsonReport;
    const found = (rule: string) =>
      new Set(report.findings.filter((each) => each.rule === rule).map((each) => each.outcome));
    for (const rule of ['tls-without-dh-params', 'disk-source-unshared', 'apparmor-domain-writes-no-configuration']) {
      assert.deepEqual([...found(rule)], ['error'], rule);
    }
    const ofHost = report.findings.filter(({ target }) => target.kind === 'host');
    assert.deepEqual(
      ofHost.filter(({ outcome }) => outcome === 'pass'),
      [],
    );
    assert.equal(code, 3);
  });

  test('what expires is judged as of the bundle’s own time', async () => {
    await using folder = await temporaryFolder();
    const root = join(folder.path, 'host', 'root');
    const path = join(folder.path, 'bundle.json');
    const host = hostIn(folder.path);
    const refused = Date.parse('2026-01-01T00:00:00Z') / 1000;
    mkdirSync(join(root, 'var/log'), { recursive: true });
    const denial = 'apparmor="DENIED" operation="mknod" profile="libvirtd" name="/srv/x" denied_mask="c"';
    writeFileSync(join(root, 'var/log/kern.log'), `x kernel: audit: type=1400 audit(${refused}.1:1): ${denial}\n`);
    await run('collect', '-o', path, ...host);
    const rule = 'apparmor-nothing-refused-lately';
    const at = async (time: string): Promise<string | undefined> => {
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), time }));
      const { stdout } = await run('check', '--format', 'json', '--from', path, '--rule', rule);
      return (JSON.parse(stdout) as JsonReport).findings[0]?.outcome;
    };
    assert.deepEqual([await at('2026-01-02T00:00:00Z'), await at('2026-02-02T00:00:00Z')], ['fail', 'pass']);
  });

  test('packed', async () => {
    await using folder = await temporaryFolder();
    const host = hostIn(folder.path);
    const bundle = join(folder.path, 'bundle.json.gz');
    await run('collect', '-o', bundle, ...host);
    const { code, stdout } = await run('check', '--from', bundle);
    assert.equal(code, 1);
    assert.match(stdout, /6 domains/);
  });

  test('no secret leaves the host', async () => {
    await using folder = await temporaryFolder();
    const host = hostIn(folder.path);
    const path = (name: string) => join(folder.path, 'host', name);
    const conf = path('root/etc/libvirt/qemu.conf');
    writeFileSync(conf, `${readFileSync(conf, 'utf8')}vnc_password = "hunter2"\nspice_password='hunter2'\n`);
    const properties = path('root/etc/cloudstack/agent/agent.properties');
    writeFileSync(properties, `${readFileSync(properties, 'utf8')}keystore.passphrase=hunter2\n`);
    const domain = path('domains/i-2-10-VM.xml');
    const xml = readFileSync(domain, 'utf8');
    writeFileSync(domain, xml.replace('</devices>', "<graphics type='vnc' passwd='hunter2'/></devices>"));
    const bundle = join(folder.path, 'bundle.json');
    await run('collect', '-o', bundle, ...host);
    const text = readFileSync(bundle, 'utf8');
    assert.ok(!text.includes('hunter2'));
    assert.ok(text.includes("passwd='[masked]'") && text.includes('keystore.passphrase=[masked]'));
  });

  test('what could not be read is said, and is still missing elsewhere', async () => {
    await using folder = await temporaryFolder();
    const bundle = join(folder.path, 'bundle.json');
    const collected = await run('collect', '-o', bundle, '-c', 'qemu:///session', '--root', join(sample, 'root'));
    assert.equal(collected.code, 3);
    assert.match(collected.stderr, /^virt-audit: sources? libvirt\b.*: qemu:\/\/\/session: /m);
    const { code, stdout } = await run('check', '--from', bundle);
    assert.equal(code, 3);
    assert.match(stdout, /^! sources? libvirt\b/m);
  });

  const wrong: Readonly<Record<string, [text: string, message: RegExp]>> = {
    'no JSON': ['{', /: no JSON: .*; --from takes what virt-audit collect -o FILE wrote\n$/],
    'no bundle': ['{}', /: no bundle; virt-audit collect -o FILE makes one\n$/],
    'a later version': [
      '{"format":"virt-audit-bundle","version":2}',
      /: a bundle of version 2, and this program reads 1; use a newer one\n$/,
    ],
    'a wrong document': [
      '{"format":"virt-audit-bundle","version":1,"time":"2026-11-29T08:00:00Z","sources":[],"documents":[{"kind":"x"}]}',
      /: documents\.0: not as a document of a bundle is; collect it again\n$/,
    ],
  };
  for (const [name, [text, message]] of Object.entries(wrong)) {
    test(`${name} is refused in one line`, async () => {
      await using folder = await temporaryFolder();
      const path = join(folder.path, 'bundle.json');
      writeFileSync(path, text);
      const { code, stdout, stderr } = await run('check', '--from', path);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
      assert.equal(stderr.split('\n').length, 2);
    });
  }
});

describe('diff and --baseline', () => {
  test('what is new, fixed and the same between a report and a bundle', async () => {
    await using folder = await temporaryFolder();
    const host = hostIn(folder.path);
    const before = join(folder.path, 'before.json');
    const after = join(folder.path, 'after.json');
    await run('check', '--format', `json=${before}`, ...host);
    // Mended: the channel of i-2-11-VM. New: i-2-10-VM is switched out of confinement.
    const domain = (name: string) => join(folder.path, 'host', 'domains', `${name}.xml`);
    const edit = (name: string, from: string | RegExp, to: string) =>
      writeFileSync(domain(name), readFileSync(domain(name), 'utf8').replace(from, to));
    edit('i-2-10-VM', '</domain>', "<seclabel type='none' model='apparmor'/></domain>");
    writeFileSync(join(folder.path, 'host/root/etc/apparmor.d/local/usr.sbin.libvirtd'), '');
    await run('collect', '-o', after, ...host);

    const { code, stdout } = await run('diff', before, after, '--fail-on-new', 'high');
    assert.equal(code, 1);
    assert.match(stdout, /^New:\n\+ HIGH domain-seclabel-not-none: domain i-2-10-VM /m);
    assert.match(stdout, /^Fixed:\n- HIGH apparmor-channel-socket-writable: /m);
    assert.doesNotMatch(stdout, /^Unchanged:/m);
    assert.equal((await run('diff', before, after, '--fail-on-new', 'critical')).code, 0);
    const json = JSON.parse((await run('diff', before, after, '--format', 'json')).stdout);
    assert.deepEqual(
      json.changes
        .filter(({ kind }: { kind: string }) => kind === 'new')
        .map((change: { after: { rule: string } }) => change.after.rule),
      ['domain-seclabel-not-none'],
    );

    const baseline = await run('check', '--baseline', before, '--format', 'json', ...host);
    const failing = JSON.parse(baseline.stdout).findings.filter(
      ({ outcome }: { outcome: string }) => outcome === 'fail',
    );
    assert.deepEqual(
      failing.map(({ rule }: { rule: string }) => rule),
      ['domain-seclabel-not-none'],
    );
    assert.equal((await run('check', '--from', after, '--baseline', before, '--fail-on', 'critical')).code, 0);
  });
  test('what was waived, or not as grave, is new to whoever fails on it', async () => {
    await using folder = await temporaryFolder();
    const path = (name: string) => join(folder.path, name);
    await run('check', '--format', `json=${path('after.json')}`, ...hostIn(folder.path));
    const report = JSON.parse(readFileSync(path('after.json'), 'utf8'));
    const high = report.findings.findIndex(
      ({ outcome, severity }: { outcome: string; severity: string }) => outcome === 'fail' && severity === 'high',
    );
    const earlier = (name: string, change: object): string => {
      const findings = report.findings.with(high, { ...report.findings[high], ...change });
      writeFileSync(path(name), JSON.stringify({ ...report, findings }));
      return path(name);
    };
    const codeOf = async (before: string, failOn: string) =>
      (await run('diff', before, path('after.json'), '--fail-on-new', failOn)).code;
    const waived = earlier('waived.json', { waiver: { rule: 'any', reason: 'until spring', expires: '2026-01-01' } });
    const milder = earlier('milder.json', { severity: 'medium' });
    assert.deepEqual([await codeOf(waived, 'high'), await codeOf(milder, 'high')], [1, 1]);
    assert.deepEqual([await codeOf(waived, 'critical'), await codeOf(milder, 'medium')], [0, 0]);
  });
  test('a later audit that lost its domains does not look as if nothing were new', async () => {
    await using folder = await temporaryFolder();
    const before = join(folder.path, 'before.json');
    const after = join(folder.path, 'after.json');
    await run('collect', '-o', before, ...hostIn(folder.path));
    const bundle = JSON.parse(readFileSync(before, 'utf8'));
    const documents = bundle.documents.filter(({ kind }: { kind: string }) => kind !== 'domain');
    const sources = bundle.sources.map((source: { name: string }) =>
      source.name === 'domains' ? { ...source, ok: false, reason: 'no answer' } : source,
    );
    writeFileSync(after, JSON.stringify({ ...bundle, documents, sources }));
    const { code, stderr } = await run('diff', before, after, '--fail-on-new', 'high');
    assert.equal(code, 3);
    assert.match(stderr, /after\.json: source domains failed, and what hangs on it is not compared: no answer\n$/);
    assert.equal((await run('diff', after, after, '--fail-on-new', 'high')).code, 0);
  });
  test('what blocks an upgrade does so whether or not it is new', async () => {
    await using folder = await temporaryFolder();
    const host = [...hostIn(folder.path), '--target-qemu', '10.2', '--format', 'json'];
    const domain = join(folder.path, 'host', 'domains', 'i-2-10-VM.xml');
    writeFileSync(domain, readFileSync(domain, 'utf8').replace(/machine='[^']*'/, "machine='pc-i440fx-4.2'"));
    const before = join(folder.path, 'before.json');
    const whole = await run('check', ...host);
    writeFileSync(before, whole.stdout);
    const { code, stdout } = await run('check', '--baseline', before, ...host);
    const { upgrade, findings } = JSON.parse(stdout);
    assert.deepEqual(upgrade, JSON.parse(whole.stdout).upgrade);
    assert.equal(upgrade.blocked[0]?.target.name, 'i-2-10-VM');
    assert.ok(findings.every(({ outcome }: { outcome: string }) => outcome !== 'fail'));
    assert.equal(code, 0);
  });
  test('that two reports were judged by other rules is told, since no host need have changed', async () => {
    await using folder = await temporaryFolder();
    const host = hostIn(folder.path);
    const [cloudstack, plain, bundle] = ['cloudstack.json', 'plain.json', 'bundle.json'].map((name) =>
      join(folder.path, name),
    ) as [string, string, string];
    await run('check', '--profile', 'cloudstack', '--format', `json=${cloudstack}`, ...host);
    await run('check', '--format', `json=${plain}`, ...host);
    await run('collect', '-o', bundle, ...host);
    for (const other of [plain, bundle]) {
      const { code, stderr } = await run('diff', cloudstack, other);
      assert.equal(code, 0);
      assert.match(
        stderr,
        /judged by other rules or settings \(profile cloudstack, \w+; profile default, \w+\), so not all/,
      );
    }
    assert.equal((await run('diff', plain, bundle)).stderr, '');
  });
  test('what a baseline leaves out is told, in every format, and metrics of the rest alone are refused', async () => {
    await using folder = await temporaryFolder();
    const host = hostIn(folder.path);
    const before = join(folder.path, 'before.json');
    await run('check', '--format', `json=${before}`, ...host);
    const places = (JSON.parse(readFileSync(before, 'utf8')) as JsonReport).findings.flatMap((finding) =>
      finding.outcome === 'fail' ? finding.violations : [],
    ).length;
    assert.ok(places > 0);
    const known = ['check', '--baseline', before, ...host];
    const report = JSON.parse((await run(...known, '--format', 'json')).stdout);
    assert.deepEqual(report.baseline, { report: before, known: places });
    const validate = new Ajv2020({ strict: true, strictRequired: false, formats: { 'date-time': true } }).compile(
      JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'report.schema.json'), 'utf8')),
    );
    assert.ok(validate(report), JSON.stringify(validate.errors));
    assert.match(
      (await run(...known)).stdout,
      new RegExp(`^Neither shown nor counted: ${places} failing places `, 'm'),
    );
    const metrics = await run(...known, '--format', 'prometheus');
    assert.deepEqual([metrics.code, metrics.stdout], [2, '']);
    assert.match(
      metrics.stderr,
      /^virt-audit: --format prometheus tells of everything that fails: leave out --baseline$/m,
    );
  });
  test('what is no report', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'x.json');
    writeFileSync(path, '{"schemaVersion":7}');
    const { code, stderr } = await run('diff', path, path);
    assert.equal(code, 2);
    assert.match(stderr, /x\.json: no report of check --format json: /);
  });
});
