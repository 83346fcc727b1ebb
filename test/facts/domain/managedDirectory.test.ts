import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { managedDirectory } from '../../../src/facts/domain/managedDirectory.ts';
import { createHostTree } from '../../../src/facts/host/hostTree.ts';
import { file, unreadable } from '../host/documents.ts';

const properties = '/etc/cloudstack/agent/agent.properties';
const plain = createHostTree([]);
const cloudstack = createHostTree([file(properties, 'qemu.sockets.path=/srv/sockets/\n')]);

describe('a directory for sockets', () => {
  for (const path of [
    '/var/lib/libvirt/qemu',
    '/var/lib/libvirt/qemu/channels',
    '/run/libvirt/qemu/channel/1-web',
    '/var/run/libvirt/qemu/channel/1-web',
    '/tmp/../var/lib/libvirt/qemu',
  ]) {
    test(`libvirt keeps ${path}`, () => assert.equal(managedDirectory(path, plain), true));
  }
  for (const path of [
    '/tmp',
    '/var/lib/libvirt/qemu-old',
    '/srv/var/lib/libvirt/qemu',
    '/var/lib/libvirt/qemu/../..',
  ]) {
    test(`nobody keeps ${path}`, () => assert.equal(managedDirectory(path, plain), false));
  }
  test('CloudStack keeps its own', () => assert.equal(managedDirectory('/srv/sockets', cloudstack), true));
  test('CloudStack keeps no other', () => assert.equal(managedDirectory('/srv', cloudstack), false));
  test('whether CloudStack does may be unknown', () =>
    assert.match(String(managedDirectory('/srv', createHostTree([unreadable(properties)]))), /permission denied/));
});
