import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../src/sources/collect.ts';
import { readOnlyUris } from '../../src/sources/libvirt/readOnlyUri.ts';
import { readWriteUris } from '../../src/sources/libvirt/readWriteUri.ts';

const modular = '/run/libvirt/virtqemud-sock-ro';
const monolithic = '/run/libvirt/libvirt-sock-ro';
const both = [modular, monolithic];

const opened: readonly { name: string; uri: string; present: readonly string[]; uris: readonly string[] }[] = [
  {
    name: 'the modular daemon first',
    uri: 'qemu:///system',
    present: both,
    uris: both.map((socket) => `qemu:///system?socket=${socket}`),
  },
  {
    name: 'the one that is there',
    uri: 'qemu:///system',
    present: [monolithic],
    uris: [`qemu:///system?socket=${monolithic}`],
  },
  {
    name: 'the transport said',
    uri: 'qemu+unix:///system',
    present: [modular],
    uris: [`qemu+unix:///system?socket=${modular}`],
  },
  {
    name: 'a read-only socket elsewhere, whether or not it is there',
    uri: 'qemu:///system?socket=/tmp/x/libvirt-sock-ro',
    present: [],
    uris: ['qemu:///system?socket=/tmp/x/libvirt-sock-ro'],
  },
  { name: 'the test driver', uri: 'test:///default', present: [], uris: ['test:///default'] },
  { name: 'the test driver with a file', uri: 'test:///tmp/node.xml', present: [], uris: ['test:///tmp/node.xml'] },
];

describe('a connection is opened read-only', () => {
  for (const { name, uri, present, uris } of opened) {
    test(`${name}: ${uri}`, () =>
      assert.deepEqual(
        readOnlyUris(uri, (path) => present.includes(path)),
        uris,
      ));
  }
});

const refused: readonly { uri: string; why: RegExp }[] = [
  { uri: '', why: /not a libvirt URI/ },
  { uri: 'system', why: /not a libvirt URI/ },
  { uri: 'qemu:///session', why: /session daemon has no read-only socket/ },
  { uri: 'qemu:///embed?root=/tmp', why: /no read-only socket/ },
  { uri: 'qemu://host/system', why: /run virt-audit on the host itself/ },
  { uri: 'qemu://user@host/system', why: /run virt-audit on the host itself/ },
  { uri: 'qemu+ssh://host/system', why: /only qemu: and test:/ },
  { uri: 'qemu+tls:///system', why: /only qemu: and test:/ },
  { uri: 'qemu+ext:///system?command=/bin/sh', why: /only qemu: and test:/ },
  { uri: 'test+ssh://host/default', why: /only qemu: and test:/ },
  { uri: 'xen:///system', why: /only qemu: and test:/ },
  { uri: 'qemu:///system?socket=/run/libvirt/libvirt-sock', why: /read-only sockets alone/ },
  { uri: 'qemu:///system?socket=', why: /read-only sockets alone/ },
  // libvirt's remote driver is asked for any URI with a host: this one would leave the machine.
  { uri: 'test://host/default', why: /run virt-audit on the host itself/ },
  // libvirt parts parameters at `;` too, ignores their case, and takes the last of a repeated one.
  { uri: 'qemu:///system?socket=/run/libvirt/libvirt-sock;x=-sock-ro', why: /read-only sockets alone/ },
  { uri: 'qemu:///system?socket=/a-sock-ro&socket=/run/libvirt/libvirt-sock', why: /read-only sockets alone/ },
  { uri: 'qemu:///system?socket=/a-sock-ro&Socket=/run/libvirt/libvirt-sock', why: /read-only sockets alone/ },
];

describe('what could write, or leave this machine, is refused', () => {
  for (const { uri, why } of refused) {
    test(`"${uri}"`, () =>
      assert.throws(
        () => readOnlyUris(uri, () => true),
        (error) => error instanceof SourceError && error.message.startsWith(`${uri}: `) && why.test(error.message),
      ));
  }
  test('no daemon: both sockets are named, and what to do', () =>
    assert.throws(() => readOnlyUris('qemu:///system', () => false), {
      name: 'SourceError',
      message: /virtqemud-sock-ro nor .*libvirt-sock-ro exists; start .*--domains$/,
    }));
});

test('a client that asks agents goes to the same daemons, by the other socket', () => {
  const sockets = both.map((socket) => `qemu:///system?socket=${socket.replace('-ro', '')}`);
  assert.deepEqual(
    readWriteUris('qemu:///system', () => true),
    sockets,
  );
  assert.deepEqual(
    readWriteUris('test:///default', () => false),
    ['test:///default'],
  );
  assert.throws(() => readWriteUris('qemu+ssh://host/system', () => true), SourceError);
});
