import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assemble } from '../../../src/facts/assemble.ts';
import type { Document } from '../../../src/model/document.ts';
import { defaultParameters } from '../../../src/model/parameters.ts';
import { valueAt } from '../../../src/model/pointer.ts';
import { directory, file, link, unreadable } from '../host/documents.ts';
import { documentsOf, type PolicyTree, shippedHere, shippedThere, status } from './policyTrees.ts';

const base = '/etc/apparmor.d';
const daemonRules = 'local/usr.sbin.libvirtd';

const judged = (here: readonly Document[], there: readonly Document[] = documentsOf(shippedThere)) => {
  const target = { name: 'there', documents: there };
  const [host] = assemble([], here, defaultParameters, { target }).subjects;
  const known = (name: string) =>
    valueAt(host?.facts ?? {}, `/target/apparmor/${name}`) as { problems?: string[] } | undefined;
  return {
    withLocal: known('withLocal'),
    withEdited: known('withEdited'),
    unknown: host?.unknown.filter(({ at }) => at.startsWith('/target')).map(({ at }) => at),
    reason: host?.unknown.find(({ at }) => at.startsWith('/target'))?.reason,
  };
};

const host = (tree: PolicyTree = {}, shipped = shippedHere): Document[] => [
  ...documentsOf({ ...shipped, ...tree }),
  status(shippedHere),
];

const both = ['/target/apparmor/withLocal', '/target/apparmor/withEdited'];

describe('what this host’s own policy files make of the target’s policy is not known', () => {
  const withoutStatus = documentsOf(shippedHere);
  const cases: readonly (readonly [string, readonly Document[], readonly string[]])[] = [
    ['where nobody looked', [], both],
    ['where the policy may not be read', [unreadable(base)], both],
    ['where etc may not be read', [unreadable('/etc')], both],
    ['where a local file may not be read', [...host(), unreadable(`${base}/${daemonRules}`)], both],
    ['where the local files may not be listed', [...host(), unreadable(`${base}/local`)], both],
    ['where drop-ins may not be listed', [...host(), unreadable(`${base}/abstractions/libvirt-qemu.d`)], both],
    ['where a drop-in may not be read', [...host(), unreadable(`${base}/tunables/global.d/site`)], both],
    ['where abstractions may not be listed', [...host(), unreadable(`${base}/abstractions`)], both],
    [
      'where a packaged file may not be read, but of the local ones all is known',
      [...host(), unreadable(`${base}/usr.sbin.libvirtd`)],
      ['/target/apparmor/withEdited'],
    ],
    [
      'where dpkg’s status may not be read',
      [...withoutStatus, unreadable('/var/lib/dpkg/status')],
      ['/target/apparmor/withEdited'],
    ],
    [
      'where nothing tells whether a package brought what is included',
      [...withoutStatus, file(`${base}/${daemonRules}`, 'include <abstractions/gone>\n')],
      both,
    ],
  ];
  for (const [name, here, expected] of cases) test(name, () => assert.deepEqual(judged(here).unknown, expected));

  test('and what hangs on it is said', () =>
    assert.match(
      judged([...withoutStatus, file(`${base}/${daemonRules}`, 'include <abstractions/gone>\n')]).reason ?? '',
      /dpkg's status.*abstractions\/gone/,
    ));

  test('where the target’s may not be read', () => {
    const there = [...documentsOf(shippedThere), unreadable(`${base}/abstractions/base`)];
    assert.deepEqual(judged(host(), there).unknown, ['/target/apparmor/problems', ...both]);
  });
});

describe('what this host’s own policy files make of the target’s policy', () => {
  const problems = (here: readonly Document[]) => judged(here).withLocal?.problems;

  test('is nothing where this host was looked at and has none', () =>
    assert.deepEqual(problems([directory('/etc')]), []));

  test('is said with the file and line', () =>
    assert.match(
      problems(host({ [daemonRules]: '\n@{gone}/x rw,\n' }))?.[0] ?? '',
      /local\/usr.sbin.libvirtd:2: .*gone/,
    ));

  test('is not said where the target’s own does not parse', () => {
    const there = documentsOf({ ...shippedThere, 'abstractions/base': 'please allow,\n' });
    const { withLocal, withEdited, unknown } = judged(host({ [daemonRules]: 'please allow,\n' }), there);
    assert.deepEqual([withLocal, withEdited, unknown], [undefined, undefined, []]);
  });

  test('is not known of a target without policy', () =>
    assert.deepEqual(judged(host(), [directory('/etc')]).withLocal, undefined));

  test('holds what a link leads to', () => {
    const linked = [link(`${base}/${daemonRules}`, '/etc/site/libvirtd'), file('/etc/site/libvirtd', '/x rwz,\n')];
    assert.equal(problems([...host(), ...linked])?.length, 1);
  });

  test('takes a local file of this host in place of the target’s', () => {
    const there = documentsOf({ ...shippedThere, [daemonRules]: '@{target_only}=x' });
    assert.deepEqual(judged(host({ [daemonRules]: '/x rw,\n' }), there).withLocal, undefined);
    const good = documentsOf({ ...shippedThere, [daemonRules]: '/y rw,\n' });
    assert.equal(judged(host({ [daemonRules]: '/x rwz,\n' }), good).withLocal?.problems?.length, 1);
  });

  test('does not need dpkg’s word for local files and drop-ins', () => {
    const without = (tree: PolicyTree) => problems(documentsOf({ ...shippedHere, ...tree }));
    assert.equal(without({ 'abstractions/libvirt-qemu.d/site': '/x rwz,\n' })?.length, 1);
    assert.equal(without({ 'tunables/global.d/site': '@{run}=/x\n' })?.length, 1);
    assert.equal(without({ [daemonRules]: 'include <local/site>\n', 'local/site/x': '/x rwz,\n' })?.length, 1);
  });

  test('leaves out domains’ profiles, which are made anew', () => {
    const name = 'libvirt/libvirt-5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01';
    assert.deepEqual(problems(host({ [name]: 'please allow,\n' })), []);
  });
});

describe('packaged policy files that were edited here', () => {
  const edited = (tree: PolicyTree, shipped = shippedHere) => judged(host(tree, shipped)).withEdited?.problems;

  test('are nothing to judge where there are none', () => assert.equal(edited({}), undefined));

  test('are judged among the target’s files', () => {
    const old = shippedHere['usr.sbin.libvirtd'] ?? '';
    assert.match(edited({ 'usr.sbin.libvirtd': `${old}# mine\n` })?.[0] ?? '', /usr.sbin.libvirtd:5: .*gone/);
    assert.deepEqual(edited({ 'usr.sbin.libvirtd': `${old.replace('@{gone}', '@{run}')}# mine\n` }), []);
  });

  test('stay deleted where they were deleted', () => {
    const { 'abstractions/base': _, ...rest } = shippedHere;
    assert.match(edited({}, rest)?.[0] ?? '', /abstractions\/base/);
  });

  test('are no longer listed where they were deleted', () => {
    const base = { 'abstractions/base': 'include <abstractions/base.d>\n', 'abstractions/base.d/a': '/a r,\n' };
    const listed = { ...shippedThere, ...base, 'abstractions/base.d/b': '/b r,\n' };
    const here = [...documentsOf({ ...shippedHere, ...base }), status({ ...shippedHere, ...listed })];
    const { withLocal, withEdited } = judged(here, documentsOf(listed));
    assert.deepEqual([withLocal?.problems, withEdited?.problems], [[], []]);
  });

  test('may be more than those that could be read', () => {
    const here = [...host({ 'abstractions/gone': '/x rw,\n' }), unreadable(`${base}/usr.sbin.libvirtd`)];
    assert.deepEqual(judged(here).unknown, ['/target/apparmor/withEdited/problems']);
  });

  test('are not said where the local files alone are wrong', () =>
    assert.equal(edited({ 'usr.sbin.libvirtd': 'please allow,\n', [daemonRules]: 'please allow,\n' }), undefined));
});

describe('sockets under the policy of an upgraded host', () => {
  const denied = (here: readonly Document[], there = documentsOf(shippedThere)) => {
    const found = judged(here, there).withLocal as { socketDirectories?: { path: string; denied?: string }[] };
    return (found.socketDirectories ?? []).filter((each) => each.denied !== undefined);
  };

  test('are let be made by what is shipped', () => assert.deepEqual(denied(host()), []));

  test('are denied by a local rule, which is named with what mends it', () => {
    const [found, ...others] = denied(host({ [daemonRules]: 'deny /run/libvirt/qemu/** w,\n' }));
    assert.equal(found?.path, '/run/libvirt/qemu/channel');
    assert.match(found?.denied ?? '', /mends it: remove \/etc\/apparmor.d\/local\/usr.sbin.libvirtd:1:/);
    assert.deepEqual(others, []);
  });

  test('are denied where a local rule is included only there', () => {
    const local = { 'abstractions/base.d/site': 'deny /var/lib/libvirt/qemu/org* w,\n' };
    const there = { ...shippedThere, 'abstractions/base': 'include if exists <abstractions/base.d>\n' };
    assert.deepEqual(
      denied(host(local), documentsOf(there)).map(({ path }) => path),
      ['/var/lib/libvirt/qemu'],
    );
  });

  test('are denied by what a local file includes from elsewhere, whatever the target has there', () => {
    const local = host({ [daemonRules]: 'include if exists "/opt/site"\ninclude if exists "/opt/site.d"\n' });
    const there = [
      ...documentsOf(shippedThere),
      file('/opt/site', '/x r,\n'),
      file('/opt/site.d/two', 'deny /** w,\n'),
    ];
    const deny = 'deny /var/lib/libvirt/** w,\n';
    const why = (here: readonly Document[]) => JSON.stringify(denied(here, there));
    assert.match(why([...local, file('/opt/site', deny)]), /\/opt\/site:1/);
    assert.match(why([...local, file('/opt/site.d/one', deny)]), /\/opt\/site\.d\/one:1/);
    assert.deepEqual(denied([...local, directory('/opt/site.d'), file('/opt/site.d/one', '/x r,\n')], there), []);
  });
  test('are made by the daemon that the target runs', () => {
    const virtqemud = 'profile virtqemud {\n  /run/** rw,\n}\n';
    const there = [
      ...documentsOf({ ...shippedThere, 'usr.sbin.virtqemud': virtqemud }),
      file('/etc/libvirt/virtqemud.conf', ''),
    ];
    const found = denied(host(), there).map(({ path }) => path);
    assert.deepEqual(found, ['/var/lib/libvirt/qemu', '/var/lib/libvirt/qemu/channel/target']);
  });

  test('may be denied, where a file of this host defines the profile as well', () => {
    const { unknown } = judged(host({ site: 'profile libvirtd {\n}\n' }));
    assert.deepEqual(
      unknown,
      [0, 1, 2].map((index) => `/target/apparmor/withLocal/socketDirectories/${index}/denied`),
    );
  });

  test('are denied by nobody where this host disables the daemon’s profile', () => {
    const local = { [daemonRules]: 'deny /** w,\n', 'disable/usr.sbin.libvirtd': '' };
    assert.deepEqual(denied(host(local)), []);
  });

  test('are denied by nobody where both run without AppArmor, and else as the policy says', () => {
    const denying = host({ [daemonRules]: 'deny /** w,\n' });
    const off = directory('/sys/module');
    const on = file('/sys/module/apparmor/parameters/enabled', 'Y\n');
    const count = (here: readonly Document[], there: readonly Document[]) =>
      denied([...denying, ...here], [...documentsOf(shippedThere), ...there]).length;
    assert.equal(count([off], [off]), 0);
    assert.equal(count([on], [off]), 3);
    assert.equal(count([], [off]), 3);
    assert.equal(count([off], []), 3);
  });
});
