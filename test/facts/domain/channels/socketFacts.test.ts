import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { socketFacts } from '../../../../src/facts/domain/channels/socketFacts.ts';
import { hostFacts } from '../../../../src/facts/host/hostFacts.ts';
import type { Document } from '../../../../src/model/document.ts';
import type { Json } from '../../../../src/model/json.ts';
import { valueAt } from '../../../../src/model/pointer.ts';
import { directory, file, link } from '../../host/documents.ts';
import { channel, parsed } from '../domainXml.ts';

const uuid = '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01';
const version = (libvirt: string, qemu?: string): Document => ({
  kind: 'version',
  origin: 'x',
  text: `Running against daemon: ${libvirt}\n${qemu === undefined ? '' : `Running hypervisor: QEMU ${qemu}\n`}`,
});
const enforcing = [
  directory('/sys/module'),
  file('/sys/module/apparmor/parameters/enabled', 'Y\n'),
  file('/sys/kernel/security/apparmor/profiles', `libvirtd (enforce)\nlibvirt-${uuid} (enforce)\n`),
];
const daemon = (rules: string) => file('/etc/apparmor.d/usr.sbin.libvirtd', `profile libvirtd {\n${rules}\n}\n`);
const qemu = (rules: string) =>
  file(`/etc/apparmor.d/libvirt/libvirt-${uuid}`, `profile libvirt-${uuid} {\n${rules}\n}\n`);

const facts = (
  devices: string,
  documents: readonly Document[],
  sharers: readonly string[] = [],
  managed: () => boolean | string = () => false,
  unread?: string,
) => socketFacts(parsed(devices), hostFacts(documents, [], []), { of: () => sharers, unread }, managed);

const first = (...given: Parameters<typeof facts>): Json => facts(...given).facts[0] ?? null;

const unconfined = { daemonProfile: 'allowed', domainProfile: 'allowed' };

describe('a socket', () => {
  test('with a path: its length in bytes and its directory', () =>
    assert.deepEqual(first(channel({ path: '/srv/ü', name: 'a' }), [version('9.0.0')]), {
      channel: 0,
      mode: 'bind',
      binder: 'daemon',
      name: 'a',
      path: '/srv/ü',
      bytes: 7,
      directory: '/srv',
      managed: false,
      ...unconfined,
    }));
  test('without a path and a name', () =>
    assert.deepEqual(first(channel({}), [version('9.0.0')]), {
      channel: 0,
      mode: 'bind',
      binder: 'daemon',
      automatic: true,
      bytes: 62,
      ...unconfined,
    }));
  test('without a path, whose name fits where only a later libvirt makes them', () => {
    const devices = channel({ name: 'n'.repeat(60) });
    assert.equal(valueAt(first(devices, [version('9.0.0')]), '/bytes'), 110);
    assert.equal(valueAt(first(devices, [version('9.7.0')]), '/bytes'), 92);
    const { facts: found, unknown } = facts(devices, []);
    assert.equal(valueAt(found[0], '/bytes'), undefined);
    assert.ok(unknown.some(({ at }) => at === '/sockets/0/bytes'));
  });
  test('that runs, at the path that libvirt made for it', () => {
    const path = '/run/libvirt/qemu/channel/3-web/a';
    const devices = channel({ path, name: 'a' });
    const host = hostFacts([version('11.3.0')], [], []);
    const dropped = (definition: 'live' | 'config') =>
      valueAt(
        socketFacts({ ...parsed(devices), definition }, host, { of: () => [] }, () => false).facts[0],
        '/dropped',
      );
    assert.equal(dropped('live'), undefined);
    assert.equal(dropped('config'), true);
  });
  test('in a directory that somebody keeps', () =>
    assert.equal(
      valueAt(
        first(channel({ path: '/srv/a' }), [], [], () => true),
        '/managed',
      ),
      true,
    ));
  test('in a directory of which that is unknown', () => {
    const { facts: found, unknown } = facts(channel({ path: '/srv/a' }), [version('9.0.0')], [], () => 'denied');
    assert.equal(valueAt(found[0], '/managed'), undefined);
    assert.deepEqual(unknown, [{ at: '/sockets/0/managed', reason: 'denied' }]);
  });
  test('shared', () =>
    assert.deepEqual(valueAt(first(channel({ path: '/srv/a' }), [], ['db']), '/sharedWith'), ['db']));
  test('that connects shares with nobody: to connect to another’s socket is what it is for', () =>
    assert.equal(valueAt(first(channel({ path: '/srv/a', mode: 'connect' }), [], ['db']), '/sharedWith'), undefined));

  const unread = (mode: string, sharers: readonly string[]) =>
    facts(channel({ path: '/srv/a', mode }), [version('9.0.0')], sharers, () => false, 'torn').unknown;
  test('that a domain which could not be read may share', () =>
    assert.deepEqual(unread('bind', []), [{ at: '/sockets/0/sharedWith', reason: 'torn' }]));
  test('that is known to be shared, whoever else may', () => assert.deepEqual(unread('bind', ['db']), []));
  test('that connects, whoever could not be read', () => assert.deepEqual(unread('connect', []), []));
});

const binders: readonly { name: string; documents: readonly Document[]; mode?: string; binder: string }[] = [
  { name: 'libvirt 4.5 with QEMU 2.12', documents: [version('4.5.0', '2.12.0')], binder: 'daemon' },
  { name: 'libvirt 4.4', documents: [version('4.4.0', '2.12.0')], binder: 'qemu' },
  { name: 'QEMU 2.11', documents: [version('9.0.0', '2.11.9')], binder: 'qemu' },
  { name: 'a new libvirt with a QEMU that nobody tells', documents: [version('9.0.0')], binder: 'daemon' },
  { name: 'nobody tells', documents: [], binder: 'unknown' },
  { name: 'connect, whatever the versions', documents: [version('9.0.0', '8.0.0')], mode: 'connect', binder: 'qemu' },
];

describe('who makes it', () => {
  for (const { name, documents, mode, binder } of binders) {
    test(`${name}: ${binder}`, () => {
      const devices = channel({ path: '/srv/a', ...(mode === undefined ? {} : { mode }) });
      assert.equal(valueAt(first(devices, documents), '/binder'), binder);
    });
  }
});

const at9 = version('9.0.0', '8.0.0');
const old = version('4.0.0', '2.11.1');
const bind = channel({ path: '/srv/a' });
const connect = channel({ path: '/srv/a', mode: 'connect' });

const answers: readonly {
  name: string;
  devices: string;
  documents: readonly Document[];
  denied: boolean | 'unknown';
}[] = [
  { name: 'the daemon may', devices: bind, documents: [at9, daemon('/srv/* w,'), qemu('')], denied: false },
  { name: 'the daemon may not', devices: bind, documents: [at9, daemon('/srv/* r,'), qemu('/** rw,')], denied: true },
  { name: 'an old QEMU may', devices: bind, documents: [old, daemon(''), qemu('/srv/* w,')], denied: false },
  { name: 'an old QEMU may not', devices: bind, documents: [old, daemon('/** rw,'), qemu('')], denied: true },
  {
    name: 'to connect needs to read as well',
    devices: connect,
    documents: [at9, daemon('/** rw,'), qemu('/srv/* w,')],
    denied: true,
  },
  { name: 'to connect', devices: connect, documents: [at9, daemon(''), qemu('/srv/* rw,')], denied: false },
  { name: 'unknown who, both may', devices: bind, documents: [daemon('/** rw,'), qemu('/** rw,')], denied: false },
  { name: 'unknown who, neither may', devices: bind, documents: [daemon(''), qemu('')], denied: true },
  { name: 'unknown who, and they differ', devices: bind, documents: [daemon('/** rw,'), qemu('')], denied: 'unknown' },
  {
    name: 'the real path counts',
    devices: bind,
    documents: [at9, link('/srv', '/data'), daemon('/srv/* w,')],
    denied: true,
  },
  {
    name: 'the real path is allowed',
    devices: bind,
    documents: [at9, link('/srv', '/data'), daemon('/data/* w,')],
    denied: false,
  },
  { name: 'policy that is none', devices: bind, documents: [at9, daemon('/srv/* w,\nplease')], denied: 'unknown' },
  {
    name: 'libvirt’s own path, before 9.7',
    devices: channel({ name: 'a' }),
    documents: [at9, daemon('/var/lib/libvirt/qemu/channel/target/domain-*/* w,')],
    denied: false,
  },
  {
    name: 'libvirt’s own path, of a version that nobody tells: both places must be allowed',
    devices: channel({ name: 'a' }),
    documents: [daemon('/run/** w,'), qemu('/run/** w,')],
    denied: true,
  },
];

describe('whether AppArmor lets them', () => {
  for (const { name, devices, documents, denied } of answers) {
    test(name, () => {
      const { facts: sockets, unknown } = facts(devices, [...enforcing, ...documents]);
      assert.equal(valueAt(sockets[0] ?? null, '/denied') !== undefined, denied === true);
      assert.deepEqual(
        unknown.map(({ at }) => at),
        denied === 'unknown' ? ['/sockets/0/denied'] : [],
      );
    });
  }
  test('what each profile says, whoever makes the socket', () => {
    const socket = first(bind, [...enforcing, at9, daemon('/srv/* w,'), qemu('')]);
    assert.equal(valueAt(socket, '/daemonProfile'), 'allowed');
    assert.equal(valueAt(socket, '/domainProfile'), 'denied');
    assert.equal(valueAt(first(bind, [...enforcing, at9, daemon('please'), qemu('')]), '/daemonProfile'), 'unknown');
  });
  test('nothing is denied where AppArmor is off', () => {
    const off = [directory('/sys/module'), daemon(''), at9];
    assert.equal(valueAt(first(bind, off), '/denied'), undefined);
  });
});
