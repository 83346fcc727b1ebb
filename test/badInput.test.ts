/** What the built program says of bad input: exit code, one clear line, and everything else still judged. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';

const main = join(import.meta.dirname, '..', 'dist', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'virt-audit-'));
after(() => rmSync(folder, { recursive: true }));

const root = join(folder, 'root');
mkdirSync(join(root, 'etc'), { recursive: true });

const virtAudit = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
};

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const good = write(
  'good.xml',
  `<domain type='kvm'><name>good</name><uuid>5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01</uuid></domain>`,
);

const bomb = `<!DOCTYPE domain [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><domain type='kvm'><name>&b;</name></domain>`;

const badDocuments = [
  { name: 'truncated', text: `<domain type='kvm'><name>cut</name><devices><disk type='file'>`, reason: /<disk>/ },
  { name: 'not XML', text: 'hello\nworld\n', reason: /not-XML\.xml:1:/ },
  { name: 'empty', text: '', reason: /empty\.xml:1:1/ },
  {
    name: 'unknown root element',
    text: '<network><name>default</name></network>',
    reason: /<network>, expected <domain>/,
  },
  { name: 'entity bomb', text: bomb, reason: /DOCTYPE|DTD|document type/i },
  { name: 'binary', text: '\u0000\u0001\u0002<domain>', reason: /binary\.xml:1:1/ },
];

for (const { name, text, reason } of badDocuments) {
  test(`${name}: that domain is an error with its place, the other is judged, exit 3`, () => {
    const bad = write(`${name.replaceAll(' ', '-')}.xml`, text);
    const { status, stdout } = virtAudit(
      'check',
      '--domains',
      bad,
      '--domains',
      good,
      '--root',
      root,
      '--format',
      'json',
    );
    assert.equal(status, 3);
    const { findings, summary } = JSON.parse(stdout) as {
      findings: { outcome: string; target: { kind: string; name: string }; reason?: string }[];
      summary: { unaudited: Record<string, number> };
    };
    const ofBad = findings.filter(({ target }) => target.name === bad);
    assert.ok(ofBad.length > 0);
    for (const { outcome, reason: said = '' } of ofBad) {
      assert.equal(outcome, 'error');
      assert.match(said, reason);
      assert.doesNotMatch(said, /\n/);
    }
    assert.ok(findings.some(({ target, outcome }) => target.name === 'good' && outcome === 'fail'));
    assert.equal(summary.unaudited.parse, 1);
  });
}

test('a 50 MB file is refused unread, the rest is judged', () => {
  const large = write('large.xml', '<domain>');
  truncateSync(large, 50 << 20);
  const { status, stdout } = virtAudit('check', '--domains', large, '--domains', good, '--root', root);
  assert.equal(status, 3);
  assert.match(stdout, /52428800 bytes, more than the 4194304/);
  assert.match(stdout, /domain good/);
});

test('a file whose name is not UTF-8 says so, the rest is judged', () => {
  const named = join(folder, 'named');
  mkdirSync(named);
  writeFileSync(Buffer.concat([Buffer.from(`${named}/w`), Buffer.from([0xff]), Buffer.from('b.xml')]), '<domain/>');
  const { status, stdout } = virtAudit('check', '--domains', named, '--domains', good, '--root', root);
  assert.equal(status, 3);
  assert.match(stdout, /the name of the file is not UTF-8; rename it/);
  assert.match(stdout, /domain good/);
});

test('a pattern that backtracks without end costs its own rule and nothing else', () => {
  const rule = (id: string, pattern: string): string => `id: ${id}
title: Domain's name is as it should be
severity: low
target: domain
rationale: Names are how people find a domain.
remediation: virsh domrename OLD NEW
references: [{ title: libvirt, url: 'https://libvirt.org/formatdomain.html' }]
assert: { has: { /domain/name: { pattern: '${pattern}' } } }
examples:
  pass: [{ name: right, documents: [{ domain: "<domain type='kvm'><name>aa</name></domain>" }] }]
  fail: [{ name: wrong, at: [/domain/name], documents: [{ domain: "<domain type='kvm'><name>ab</name></domain>" }] }]
`;
  const own = join(folder, 'own');
  mkdirSync(own);
  write('own/slow-name.yaml', rule('slow-name', '^(a+)+$'));
  write('own/quick-name.yaml', rule('quick-name', '^a+$'));
  const name = `${'a'.repeat(60)}b`;
  const domains = [1, 2, 3].map((n) =>
    write(
      `slow${n}.xml`,
      `<domain type='kvm'><name>${name}</name><uuid>5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7b0${n}</uuid></domain>`,
    ),
  );
  const { status, stdout } = virtAudit(
    'check',
    ...domains.flatMap((path) => ['--domains', path]),
    ...['--root', root, '--rules', own, '--rule', 'slow-name', '--rule', 'quick-name', '--format', 'json'],
  );
  assert.equal(status, 3);
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; outcome: string; reason?: string }[] };
  const of = (id: string) => findings.filter(({ rule: found }) => found === id);
  assert.deepEqual(
    of('quick-name').map(({ outcome }) => outcome),
    ['fail', 'fail', 'fail'],
  );
  assert.deepEqual(
    of('slow-name').map(({ outcome }) => outcome),
    ['error', 'error', 'error'],
  );
  assert.match(of('slow-name')[0]?.reason ?? '', /pattern took more than 2 s on one subject/);
});

test('a target that is none is one line and exit 2, before anything is audited', () => {
  for (const [name, text, said] of [
    ['domain.xml', '<domain/>', /domain\.xml: is <domain>; --target takes/],
    ['torn.json', '{"format":', /torn\.json: no JSON: .*; --target takes/],
  ] as const) {
    const { status, stdout, stderr } = virtAudit(
      'check',
      '--domains',
      good,
      '--root',
      root,
      '--target',
      write(name, text),
    );
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, said);
    assert.equal(stderr.trim().split('\n').length, 1);
  }
});

test('a target whose capabilities are torn promises nothing', () => {
  const torn = write('caps.xml', '<capabilities>\n  <host>');
  const machine = good.replace('good', 'with-machine');
  writeFileSync(
    machine,
    "<domain type='kvm'><name>m</name><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os></domain>",
  );
  const { status, stdout } = virtAudit(
    'check',
    '--domains',
    machine,
    '--root',
    root,
    '--target',
    torn,
    '--tag',
    'upgrade',
  );
  assert.equal(status, 3);
  assert.match(stdout, /NOT KNOWN, so no promise/);
  assert.match(stdout, /caps\.xml: capabilities: ends inside/);
});

test('a torn copy of a packed file is not called bad JSON', () => {
  const torn = join(folder, 'torn.json.gz');
  writeFileSync(torn, gzipSync(JSON.stringify({ format: 'virt-audit-bundle' })).subarray(0, 20));
  for (const args of [
    ['check', '--from', torn],
    ['diff', torn, torn],
  ]) {
    const { status, stderr } = virtAudit(...args);
    assert.equal(status, 2);
    assert.match(stderr, /torn\.json\.gz: its gzip data is truncated or damaged; .*\n$/);
  }
});

test('rules about the upgrade that are not asked are no promise either', () => {
  const caps = write('some.xml', '<capabilities><host/></capabilities>');
  const ask = (...args: string[]) =>
    virtAudit('check', '--domains', good, '--root', root, '--target', caps, ...args).stdout.replaceAll(/\s+/g, ' ');
  const said = /rules about the upgrade were left out of this audit: /;
  assert.match(ask('--skip', 'target-cpu-usable'), new RegExp(`${said.source}target-cpu-usable `));
  assert.match(ask('--rule', 'machine-type-known-here'), said);
  assert.doesNotMatch(ask(), said);
});

test('a file that is not there is a failed source, the rest is judged', () => {
  const { status, stdout } = virtAudit(
    'check',
    '--domains',
    join(folder, 'nope.xml'),
    '--domains',
    good,
    '--root',
    root,
  );
  assert.equal(status, 3);
  assert.match(
    stdout,
    /! source domains: .*nope\.xml: no such file or folder.*--domains takes an XML file or a folder/,
  );
  assert.match(stdout, /domain good/);
});

const pipe = join(folder, 'pipe.yaml');
execFileSync('mkfifo', [pipe]);

for (const { name, config } of [
  { name: '/dev/null', config: '/dev/null' },
  { name: 'a file of comments alone', config: write('comments.yaml', '#profile: cloudstack\n') },
  { name: 'an empty mapping', config: write('mapping.yaml', '{}\n') },
])
  test(`${name} is no configuration, not a wrong one`, () => {
    const { status, stderr } = virtAudit('check', '--domains', good, '--root', root, '--config', config);
    assert.deepEqual([status, stderr], [3, '']);
  });

const latin1 = join(folder, 'latin1.yaml');
writeFileSync(latin1, Buffer.from('# one\n# \xe9\n', 'latin1'));

const usage = [
  { name: 'an unknown rule', args: ['--rule', 'guest-agent-chanel'], says: /unknown rule "guest-agent-chanel"/ },
  { name: 'an unknown tag', args: ['--tag', 'guest'], says: /unknown tag "guest"; expected one of / },
  { name: 'an unknown format', args: ['--format', 'yaml'], says: /unknown format "yaml", expected one of text, json/ },
  {
    name: 'two formats on standard output',
    args: ['--format', 'text', '--format', 'json'],
    says: /give all but one a path/,
  },
  {
    name: 'an unknown severity',
    args: ['--fail-on', 'grave'],
    says: /expected one of critical, high, medium, low, info/,
  },
  { name: 'a timeout that is none', args: ['--timeout', 'soon'], says: /expected seconds/ },
  { name: 'an unknown option', args: ['--domain', 'x'], says: /unknown option '--domain'/ },
  {
    name: 'no rule left',
    args: ['--rule', 'guest-agent-channel', '--skip', 'guest-agent-channel'],
    says: /no rule is selected/,
  },
  {
    name: 'a report that can’t be written',
    args: ['--format', 'json=/nonexistent/report.json'],
    says: /can't write .*its folder does not exist/,
  },
  {
    name: 'a rule file with a wrong key',
    args: ['--rules', write('wrong-key.yaml', 'id: wrong-key\ntitle: Something is so\nserverity: high\n')],
    says: /wrong-key\.yaml:3: unknown key "serverity", expected one of id, title, severity/,
  },
  {
    name: 'a rule file that is no YAML',
    args: ['--rules', write('broken.yaml', 'id: broken\n  title: [\n')],
    says: /broken\.yaml:\d+: /,
  },
  {
    name: 'a configuration with a wrong severity',
    args: ['--config', write('config.yaml', 'severities:\n  guest-agent-channel: grave\n')],
    says: /config\.yaml:2: severities\.guest-agent-channel: "grave" is not known, expected one of "critical"/,
  },
  ...['', '\ufeff', ' \n\n'].map((text, index) => ({
    name: `a configuration of ${JSON.stringify(text)} alone`,
    args: ['--config', write(`empty-${index}.yaml`, text)],
    says: new RegExp(`empty-${index}\\.yaml:1: is empty; {} or a comment stands for no settings\n$`),
  })),
  {
    name: 'a configuration that is not there',
    args: ['--config', join(folder, 'none.yaml')],
    says: /none\.yaml: no such file or folder/,
  },
  ...['--config', '--rules', '--profile'].map((option) => ({
    name: `a pipe that nobody writes to, as ${option}`,
    args: [option, pipe],
    says: new RegExp(`pipe\\.yaml is a pipe; ${option} takes `),
  })),
  ...['--config', '--rules', '--profile'].map((option) => ({
    name: `a file that is not UTF-8, as ${option}`,
    args: [option, latin1],
    says: /latin1\.yaml:2: not UTF-8; save the file as UTF-8$/m,
  })),
];

for (const { name, args, says } of usage) {
  test(`${name}: exit 2, a line on standard error, nothing on standard output`, () => {
    const { status, stdout, stderr } = virtAudit('check', '--domains', good, '--root', root, ...args);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
  });
}

const unreachable = [
  { name: 'no daemon', uri: 'qemu:///system?socket=/run/nowhere-sock-ro', says: /is the daemon running\?/ },
  { name: 'not a URI', uri: 'system', says: /not a libvirt URI; use qemu:\/\/\/system/ },
  { name: 'another hypervisor', uri: 'xen:///system', says: /only qemu: and test: connections are audited/ },
  { name: 'a remote host', uri: 'qemu+ssh://kvm1/system', says: /run virt-audit on the host itself/ },
  { name: 'a session', uri: 'qemu:///session', says: /a session daemon has no read-only socket/ },
  {
    name: 'a read-write socket',
    uri: 'qemu:///system?socket=/run/libvirt/libvirt-sock',
    says: /read-only sockets alone/,
  },
];

for (const { name, uri, says } of unreachable) {
  test(`${name}: one line says what to do, host rules are judged, exit 3`, () => {
    const { status, stdout } = virtAudit('check', '-c', uri, '--root', root);
    assert.equal(status, 3);
    assert.match(stdout.split('\n').find((line) => /^! sources? libvirt\b/.test(line)) ?? '', says);
    assert.match(stdout, /^Domains unknown, \d+ rules: /m);
  });
}

test('an audit that has no time ends with 3, and says how to give it some', () => {
  const { status, stdout } = virtAudit('check', '--domains', good, '--root', root, '--timeout', '1ms');
  assert.equal(status, 3);
  assert.match(stdout, /^! source audit: the audit did not end within 0\.001 s; give it more by --timeout /m);
  assert.match(stdout, /^Domains unknown, 0 rules: /m);
});

test('a closed pipe ends it quietly', () => {
  const command = '{ "$0" "$@"; echo "exit $?" >&2; } | head -c 10';
  const args = [main, 'check', '--domains', good, '--root', root, '--format', 'json'];
  const { stderr } = spawnSync('sh', ['-c', command, process.execPath, ...args], { encoding: 'utf8' });
  assert.match(stderr, /^exit [0-3]\n$/);
});

test('--version and --help answer on standard output', () => {
  assert.match(virtAudit('--version').stdout, /^\d+\.\d+\.\d+\n$/);
  assert.match(virtAudit('check', '--help').stdout, /--fail-on/);
});

for (const { name, args, says } of [
  { name: 'a bundle', args: ['--from', 'x.json'], says: 'leave it out with --from' },
  { name: 'files', args: ['--domains', good], says: 'say --connect too, or leave it out' },
  { name: 'another root', args: ['--root', root], says: 'say --connect too, or leave it out' },
]) {
  test(`--probe-agent on ${name}: exit 2 and one line`, () => {
    const { status, stdout, stderr } = virtAudit('check', '--probe-agent', ...args);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^virt-audit: --probe-agent asks running guests: [^\n]*\n$/);
    assert.ok(stderr.includes(says), stderr);
  });
}
