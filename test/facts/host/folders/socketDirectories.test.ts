import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SocketDirectory } from '../../../../src/facts/host/folders/socketDirectories.ts';
import { socketsPathOf } from '../../../../src/facts/host/folders/socketsPath.ts';
import { hostFacts, socketDirectories } from '../../../../src/facts/host/hostFacts.ts';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import type { Document } from '../../../../src/model/document.ts';
import type { Json } from '../../../../src/model/json.ts';
import { valueAt } from '../../../../src/model/pointer.ts';
import { directory, file, link, unreadable } from '../documents.ts';

const passwd = file('/etc/passwd', 'root:x:0:0::/:\nlibvirt-qemu:x:64055:108::/:\n');
const agent = (path: string) => file('/etc/cloudstack/agent/agent.properties', `qemu.sockets.path=${path}\n`);
const srv: SocketDirectory = {
  path: '/srv/sockets',
  usedBy: 'web',
  samples: ['/srv/sockets/web.agent'],
  required: true,
};

const learn = (named: readonly SocketDirectory[], ...documents: Document[]) => hostFacts(documents, [], named);

const last = (named: readonly SocketDirectory[], ...documents: Document[]): Json | undefined => {
  const directories = valueAt(learn(named, ...documents).facts, '/socketDirectories');
  return Array.isArray(directories) ? directories.at(-1) : undefined;
};

describe('which directories', () => {
  const paths = (named: readonly SocketDirectory[], ...documents: Document[]) =>
    socketDirectories(socketsPathOf(createHostTree(documents)), named).map(({ path, usedBy }) => `${path} ${usedBy}`);
  const own = [
    '/var/lib/libvirt/qemu libvirt',
    '/var/lib/libvirt/qemu/channel/target libvirt before 9.7',
    '/run/libvirt/qemu/channel libvirt since 9.7',
  ];
  test('libvirt’s own', () => assert.deepEqual(paths([]), own));
  test('CloudStack’s', () => assert.deepEqual(paths([], agent('/srv/cs')), [...own, '/srv/cs qemu.sockets.path']));
  test('CloudStack’s, the same as libvirt’s: once', () =>
    assert.deepEqual(paths([], agent('/var/lib/libvirt/qemu')), own));
  test('those that domains name: each once, by the first', () =>
    assert.deepEqual(paths([srv, { ...srv, usedBy: 'db' }]), [...own, '/srv/sockets web']));
});

const cases: readonly { name: string; documents: readonly Document[]; facts: object }[] = [
  {
    name: 'owner and mode',
    documents: [passwd, directory('/srv/sockets', 64055)],
    facts: { owner: 'libvirt-qemu', mode: '755' },
  },
  {
    name: 'an owner without name',
    documents: [passwd, directory('/srv/sockets', 7)],
    facts: { owner: '+7', mode: '755' },
  },
  {
    name: 'through a link',
    documents: [passwd, link('/srv', '/data'), directory('/data/sockets')],
    facts: { realpath: '/data/sockets', owner: 'root', mode: '755' },
  },
  { name: 'not there', documents: [passwd, directory('/srv')], facts: { missing: 'there is no such directory' } },
  {
    name: 'a file in its place',
    documents: [passwd, file('/srv/sockets', '')],
    facts: { missing: 'there is no such directory' },
  },
  { name: 'unreadable: not missing', documents: [passwd, unreadable('/srv')], facts: {} },
];

describe('what is known of a directory', () => {
  for (const { name, documents, facts } of cases) {
    test(name, () => assert.deepEqual(last([srv], ...documents), { path: '/srv/sockets', usedBy: 'web', ...facts }));
  }
  test('one that libvirt makes on demand is never missing', () => {
    const facts = valueAt(learn([], passwd, directory('/')).facts, '/socketDirectories/2');
    assert.deepEqual(facts, { path: '/run/libvirt/qemu/channel', usedBy: 'libvirt since 9.7' });
  });
  test('denied: the profile, the path, and the rule with its place', () => {
    const profile = file(
      '/etc/apparmor.d/usr.sbin.libvirtd',
      'profile libvirtd {\n  /** rw,\n  deny /srv/sockets/** w,\n}\n',
    );
    const state = [directory('/sys/module'), file('/sys/module/apparmor/parameters/enabled', 'Y\n')];
    const enforce = file('/sys/kernel/security/apparmor/profiles', 'libvirtd (enforce)\n');
    const denied = valueAt(last([srv], passwd, profile, ...state, enforce), '/denied');
    assert.equal(
      denied,
      'profile libvirtd does not allow w on /srv/sockets/web.agent: /etc/apparmor.d/usr.sbin.libvirtd:3: deny /srv/sockets/** w,; this mends it: remove /etc/apparmor.d/usr.sbin.libvirtd:3: deny /srv/sockets/** w,; apparmor_parser -r /etc/apparmor.d/usr.sbin.libvirtd',
    );
    const complain = file('/sys/kernel/security/apparmor/profiles', 'libvirtd (complain)\n');
    const complaining = valueAt(last([srv], passwd, profile, ...state, complain), '/denied');
    assert.equal(complaining, denied, 'a deny without audit holds even so');
    const aloud = file('/etc/apparmor.d/usr.sbin.libvirtd', 'profile libvirtd {\n  audit deny /srv/** w,\n}\n');
    assert.equal(valueAt(last([srv], passwd, aloud, ...state, complain), '/denied'), undefined);
    assert.notEqual(valueAt(last([srv], passwd, aloud, ...state, enforce), '/denied'), undefined);
  });
  test('denied: one of its sockets is enough', () => {
    const profile = file('/etc/apparmor.d/usr.sbin.libvirtd', 'profile libvirtd {\n  /srv/sockets/web.* w,\n}\n');
    const other = { ...srv, usedBy: 'db', samples: ['/srv/sockets/db.agent'] };
    assert.equal(valueAt(last([srv], passwd, profile), '/denied'), undefined);
    assert.match(String(valueAt(last([srv, other], passwd, profile), '/denied')), /db\.agent/);
  });
});

describe('what is not known of a directory is said', () => {
  const unknowns = (...documents: Document[]) => learn([srv], ...documents).unknown.map(({ at }) => at);
  const at = '/host/socketDirectories/3';
  test('owner, mode, and whether it is there, of one that can not be looked at', () => {
    const unknown = unknowns(passwd, unreadable('/srv'));
    for (const place of ['owner', 'mode', 'missing']) {
      assert.ok(unknown.includes(`${at}/${place}`) || unknown.includes(at), `${place}: ${unknown.join(' ')}`);
    }
  });
  test('the owner’s name, when users can not be read', () => {
    const unknown = unknowns(unreadable('/etc/passwd'), directory('/srv/sockets', 64055));
    assert.ok(unknown.includes(`${at}/owner`), unknown.join(' '));
  });
});
