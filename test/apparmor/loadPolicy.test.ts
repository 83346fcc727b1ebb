import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Decision, loadPolicy, type PolicySource } from '../../src/apparmor/index.ts';
import { memorySource } from './memorySource.ts';

const ask = (source: PolicySource, profile: string, path = '/a'): Decision =>
  loadPolicy(source).decide({ profile, path, access: 'w', owner: false });

test('a decision names the rule, its line and the includes it came through', () => {
  const source = memorySource({
    '/etc/apparmor.d/main': '# one\nprofile t {\n  include <local>\n}\n',
    '/etc/apparmor.d/local': '\n#include <d.d>\n',
    '/etc/apparmor.d/d.d/site': '\n  audit deny "/a"\n    w,\n',
  });
  assert.deepEqual(ask(source, 't'), {
    decision: 'deny',
    verdict: 'deny',
    explicit: true,
    audited: false,
    quiet: false,
    reason: 'w on /a is denied by /etc/apparmor.d/d.d/site:2',
    rules: [
      {
        file: '/etc/apparmor.d/d.d/site',
        line: 2,
        text: 'audit deny "/a"\n    w,',
        effect: 'deny',
        audit: true,
        owner: false,
        priority: 0,
        includedFrom: [
          { file: '/etc/apparmor.d/main', line: 3 },
          { file: '/etc/apparmor.d/local', line: 2 },
        ],
      },
    ],
  });
});

test('the files of the policy directory and the profiles of libvirt domains are loaded, leftovers are not', () => {
  const domain = 'libvirt-3ed8fbc5-8bd8-4c4c-9a59-3b0f5a4b8d11';
  const files: Record<string, string> = {};
  for (const name of ['kept', 'kept.bak', '.hidden', 'README', 'x.dpkg-old', 'x~', 'sub/file', `libvirt/${domain}`]) {
    files[`/etc/apparmor.d/${name}`] = `profile "${name}" { ^hat { } }\n`;
  }
  files[`/etc/apparmor.d/libvirt/${domain}.files`] = '/a rw,\n';
  files['/etc/apparmor.d/libvirt/TEMPLATE.qemu'] = 'profile LIBVIRT_TEMPLATE { }\n';
  const { profiles, problems } = loadPolicy(memorySource(files));
  assert.deepEqual(problems, []);
  const loaded = ['kept', 'kept.bak', `libvirt/${domain}`];
  assert.deepEqual(
    [...profiles.keys()],
    loaded.flatMap((name) => [name, `${name}//hat`]),
  );
});

describe('switches', () => {
  const profile = 'profile t { deny /q w, /b w, }\n';

  test('an entry in disable/ takes the profile out of force', () => {
    const source = memorySource({ '/etc/apparmor.d/f': profile, '/etc/apparmor.d/disable/f': '' });
    assert.equal(loadPolicy(source).profiles.get('t')?.disabled, true);
    assert.equal(ask(source, 't').decision, 'not-enforced');
    assert.equal(ask(source, 't').verdict, 'deny');
  });

  test('a dangling link in disable/ does not', () => {
    const source = memorySource({ '/etc/apparmor.d/f': profile });
    const list = (path: string) => (path === '/etc/apparmor.d/disable' ? ['f'] : source.list(path));
    assert.equal(ask({ ...source, list }, 't').decision, 'deny');
  });

  for (const { name, files } of [
    {
      name: 'an entry in force-complain/',
      files: { '/etc/apparmor.d/f': profile, '/etc/apparmor.d/force-complain/f': '' },
    },
    { name: 'the flag complain', files: { '/etc/apparmor.d/f': profile.replace('{', 'flags=(complain) {') } },
  ]) {
    test(`${name} lets through what no rule denies quietly`, () => {
      const source = memorySource(files as Readonly<Record<string, string>>);
      assert.equal(loadPolicy(source).profiles.get('t')?.mode, 'complain');
      assert.equal(ask(source, 't', '/a').decision, 'not-enforced');
      assert.equal(ask(source, 't', '/q').decision, 'deny');
      assert.equal(ask(source, 't', '/b').decision, 'allow');
    });
  }

  for (const flag of ['unconfined', 'default_allow']) {
    test(`the flag ${flag} leaves all rules without force`, () => {
      const source = memorySource({ '/etc/apparmor.d/f': profile.replace('{', `flags=(${flag}) {`) });
      assert.equal(ask(source, 't', '/q').decision, 'not-enforced');
    });
  }
});

describe('what is not known is said', () => {
  for (const { name, files, profile, reason } of [
    { name: 'no such profile', files: { f: 'profile t { }\n' }, profile: 'nope', reason: /there is no profile nope/ },
    {
      name: 'an unknown rule',
      files: { f: 'profile t { /a rw, teleport, }\n' },
      profile: 't',
      reason: /not known here/,
    },
    {
      name: 'an unknown flag',
      files: { f: 'profile t flags=(glossy) { /a rw, }\n' },
      profile: 't',
      reason: /"glossy"/,
    },
    {
      name: 'another profile of the file',
      files: { f: 'profile t { /a rw, }\nprofile u { /a{b w, }\n' },
      profile: 't',
      reason: /f:2/,
    },
    {
      name: 'two files that disagree',
      files: { f: 'profile t { /a w, }\n', g: 'profile t { }\n' },
      profile: 't',
      reason: /disagree/,
    },
    { name: 'a prompt', files: { f: 'profile t { prompt /a w, }\n' }, profile: 't', reason: /left to a prompt/ },
  ]) {
    test(name, () => {
      const tree = Object.entries(files).map(([file, text]) => [`/etc/apparmor.d/${file}`, text] as const);
      const answer = ask(memorySource(Object.fromEntries(tree)), profile);
      assert.equal(answer.decision, 'unknown');
      assert.match(answer.reason, reason);
    });
  }

  test('an unknown rule spoils its own profile only', () => {
    const source = memorySource({ '/etc/apparmor.d/f': 'profile t { teleport, }\nprofile u { /a w, }\n' });
    assert.equal(ask(source, 'u').decision, 'allow');
  });

  test('a file that cannot be read', () => {
    const source = memorySource({ '/etc/apparmor.d/f': 'profile t { include <x>\n}\n' });
    const read = (path: string) => (path.endsWith('/x') ? { unreadable: 'permission denied' } : source.read(path));
    assert.match(ask({ ...source, read }, 't').reason, /x can't be read: permission denied/);
  });

  test('a missing policy directory is a problem', () => {
    assert.match(loadPolicy(memorySource({})).problems[0]?.message ?? '', /there is no directory/);
  });
});

test('rules about other things are kept', () => {
  const source = memorySource({
    '/etc/apparmor.d/f':
      'profile t {\n  audit capability kill chown,\n  unix (send, receive) type=stream peer=(label=u),\n}\n',
  });
  const rules = loadPolicy(source)
    .profiles.get('t')
    ?.otherRules.map(({ rule }) => [rule.kind, rule.words]);
  assert.deepEqual(rules, [
    ['capability', ['kill', 'chown']],
    ['unix', [['send', 'receive'], 'type=', 'stream', 'peer=', ['label=u']]],
  ]);
});
