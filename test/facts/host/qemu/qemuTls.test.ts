import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import { qemuTls } from '../../../../src/facts/host/qemu/qemuTls.ts';
import { file } from '../documents.ts';

const off = { vnc: false, spice: false, chardev: false };
const of = (text: string) => qemuTls(createHostTree([file('/etc/libvirt/qemu.conf', text)]));

describe('TLS in qemu.conf', () => {
  test('no file', () => assert.deepEqual(qemuTls(createHostTree([])), off));
  test('comments alone', () => assert.deepEqual(of('#vnc_tls = 1\n'), off));
  test('switched off', () => assert.deepEqual(of('vnc_tls = 0\nspice_tls = 0\nchardev_tls = 0\n'), off));
  test('VNC', () => assert.deepEqual(of('vnc_tls = 1\n'), { ...off, vnc: true }));
  test('SPICE', () => assert.deepEqual(of('spice_tls = 1\n'), { ...off, spice: true }));
  test('character devices', () => assert.deepEqual(of('chardev_tls = 1\n'), { ...off, chardev: true }));
});
