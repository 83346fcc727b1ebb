/** `virt-audit apparmor decide` as it is built. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const main = join(import.meta.dirname, '..', '..', 'dist', 'main.js');
const root = mkdtempSync(join(tmpdir(), 'virt-audit-'));
after(() => rmSync(root, { recursive: true }));

mkdirSync(join(root, 'etc/apparmor.d/local'), { recursive: true });
writeFileSync(
  join(root, 'etc/apparmor.d/usr.sbin.libvirtd'),
  'profile libvirtd {\n  /srv/** rw,\n  owner /home/** w,\n  include if exists <local/usr.sbin.libvirtd>\n}\n',
);
writeFileSync(join(root, 'etc/apparmor.d/x.lax'), 'profile lax flags=(complain) {\n}\n');
writeFileSync(join(root, 'etc/apparmor.d/x.off'), 'profile off {\n}\n');
mkdirSync(join(root, 'etc/apparmor.d/disable'));
writeFileSync(join(root, 'etc/apparmor.d/disable/x.off'), '');
writeFileSync(join(root, 'etc/apparmor.d/local/usr.sbin.libvirtd'), 'deny /srv/secret/** w,\n/büchse r,\n');

const decide = (args: readonly string[], input = '') => {
  const options = { encoding: 'utf8', input } as const;
  return spawnSync(process.execPath, [main, 'apparmor', 'decide', '--root', root, ...args], options);
};

const cases = [
  { name: 'all allowed', args: ['--profile', 'libvirtd', '/srv/a', '/srv/b/c'], exit: 0, says: /^allow .*\nallow / },
  {
    name: 'one denied, by which rule',
    args: ['--profile', 'libvirtd', '/srv/a', '/srv/secret/a'],
    exit: 1,
    says: /deny +w \/srv\/secret\/a: \/etc\/apparmor\.d\/local\/usr\.sbin\.libvirtd:1: deny \/srv\/secret\/\*\* w,/,
  },
  { name: 'denied because no rule allows it', args: ['--profile', 'libvirtd', '/var/x'], exit: 1, says: /no rule/ },
  { name: 'the owner only', args: ['--profile', 'libvirtd', '/home/x'], exit: 1, says: /^deny/ },
  { name: 'the owner', args: ['--profile', 'libvirtd', '--owner', '/home/x'], exit: 0, says: /^allow/ },
  {
    name: 'a path that is not ASCII',
    args: ['--profile', 'libvirtd', '--access', 'r', '/büchse'],
    exit: 0,
    says: /^allow +r \/büchse: .*: \/büchse r,/,
  },
  {
    name: 'an unknown profile',
    args: ['--profile', 'libvirt', '/srv/a'],
    exit: 3,
    says: /^unknown .*no profile libvirt/,
  },
  {
    name: 'a profile by the path that it once was called by',
    args: ['--profile', '/usr/sbin/libvirtd', '/srv/a'],
    exit: 3,
    says: /^unknown .*there is no profile \/usr\/sbin\/libvirtd; did you mean libvirtd\?$/m,
  },
  {
    name: 'a profile like no other, of a whole set',
    args: ['--profile', 'zzz', '--every', '/srv/**'],
    exit: 3,
    says: /^unknown .*there is no profile zzz; the policy has libvirtd, lax, off$/m,
  },
  {
    name: 'a set on all of which it is allowed',
    args: ['--profile', 'libvirtd', '--every', '/srv/public/**'],
    exit: 0,
    says: /^allow +w every \/srv\/public\/\*\*: it holds on every path$/m,
  },
  {
    name: 'a set of a profile that is disabled, as of a path',
    args: ['--profile', 'off', '/etc/passwd', '--every', '/etc/**'],
    exit: 0,
    says: /^not-enforced w \/etc\/passwd: .*disabled.*\nnot-enforced w every \/etc\/\*\*: profile off is disabled, so it is not loaded: /,
  },
  {
    name: 'a set of a profile that only complains',
    args: ['--profile', 'lax', '--every', '/etc/**'],
    exit: 0,
    says: /^not-enforced w every \/etc\/\*\*: profile lax is in complain mode: /,
  },
  { name: 'no profile', args: ['/srv/a'], exit: 2, says: /^$/ },
  { name: 'an unknown access', args: ['--profile', 'libvirtd', '--access', 'z', '/srv/a'], exit: 2, says: /^$/ },
];

for (const { name, args, exit, says } of cases) {
  test(name, () => {
    const { status, stdout } = decide(args);
    assert.equal(status, exit);
    assert.match(stdout, says);
  });
}

test('a policy file of its own, as JSON', () => {
  const file = join(root, 'other');
  writeFileSync(file, 'profile t {\n  audit /a/* rw,\n}\n');
  const { status, stdout } = decide(['--policy', file, '--profile', 't', '--format', 'json', '/a/b']);
  assert.equal(status, 0);
  assert.deepEqual(JSON.parse(stdout), [
    {
      profile: 't',
      path: '/a/b',
      access: 'w',
      owner: false,
      decision: 'allow',
      explicit: true,
      audited: true,
      reason: 'w on /a/b is allowed by /other:2',
      rules: [{ file: '/other', line: 2, text: 'audit /a/* rw,', effect: 'allow' }],
    },
  ]);
});

test('queries: a line for each, and one that is none loses no other', () => {
  const questions = [
    '{"profile":"libvirtd","path":"/srv/a","access":"w"}',
    'nonsense',
    '',
    '{"profile":"libvirtd","path":"/x","access":"w","owner":true}',
  ];
  const { status, stdout } = decide(['--queries', '-'], questions.join('\n'));
  assert.equal(status, 3);
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { decision: string; reason: string });
  assert.deepEqual(
    answers.map(({ decision }) => decision),
    ['allow', 'unknown', 'deny'],
  );
  assert.match(answers[1]?.reason ?? '', /^line 2: no JSON/);
});
