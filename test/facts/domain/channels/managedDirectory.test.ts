import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { managedDirectory as decide } from '../../../../src/facts/domain/channels/managedDirectory.ts';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import { defaultParameters } from '../../../../src/model/parameters.ts';
import { file, unreadable } from '../../host/documents.ts';

const properties = '/etc/cloudstack/agent/agent.properties';
const plain = createHostTree([]);
const managedDirectory = (path: string, tree = plain, given = {}) =>
  decide(path, { ...defaultParameters, ...given }, tree);
const cloudstack = createHostTree([file(properties, 'qemu.sockets.path=/srv/sockets/\n')]);

describe('a directory for sockets', () => {
  for (const path of [
    '/var/lib/libvirt/qemu',
    '/var/lib/libvirt/qemu/channels',
    '/run/libvirt/qemu/channel/1-web',
    '/var/run/libvirt/qemu/channel/1-web',
    '/tmp/../var/lib/libvirt/qemu',
  ]) {
    test(`libvirt keeps ${path}`, () => assert.equal(managedDirectory(path), true));
  }
  for (const path of [
    '/tmp',
    '/var/lib/libvirt/qemu-old',
    '/srv/var/lib/libvirt/qemu',
    '/var/lib/libvirt/qemu/../..',
  ]) {
    test(`nobody keeps ${path}`, () => assert.equal(managedDirectory(path), false));
  }
  test('CloudStack keeps its own', () => assert.equal(managedDirectory('/srv/sockets', cloudstack), true));
  test('the operator keeps others in place of libvirt’s', () => {
    const given = { managedSocketDirectories: ['/srv/kept/'] };
    assert.equal(managedDirectory('/srv/kept', plain, given), true);
    assert.equal(managedDirectory('/srv/kept/web', plain, given), true);
    assert.equal(managedDirectory('/srv/kept-not', plain, given), false);
    assert.equal(managedDirectory('/var/lib/libvirt/qemu', plain, given), false);
  });
  test('the operator’s word for CloudStack’s counts more than the file', () => {
    assert.equal(managedDirectory('/srv/other', cloudstack, { socketsPath: '/srv/other' }), true);
    assert.equal(managedDirectory('/srv/sockets', cloudstack, { socketsPath: '/srv/other' }), false);
  });
  test('CloudStack keeps no other', () => assert.equal(managedDirectory('/srv', cloudstack), false));
  test('whether CloudStack does may be unknown', () =>
    assert.match(String(managedDirectory('/srv', createHostTree([unreadable(properties)]))), /permission denied/));
});
