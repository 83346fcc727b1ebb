import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Daemon, daemonOf } from '../../../src/facts/host/daemon.ts';
import { createHostTree } from '../../../src/facts/host/hostTree.ts';
import type { Document } from '../../../src/model/document.ts';
import { file, unreadable } from './documents.ts';

const process = (pid: number, comm: string, ...labels: Document[]) => [
  file(`/proc/${pid}/comm`, `${comm}\n`),
  ...labels,
];
const conf = (name: string) => file(`/etc/libvirt/${name}.conf`, '');

const cases: readonly { name: string; documents: readonly Document[]; daemon: Daemon }[] = [
  { name: 'nothing is known', documents: [], daemon: { name: 'libvirtd' } },
  {
    name: 'it runs, confined',
    documents: process(812, 'libvirtd', file('/proc/812/attr/current', 'libvirtd (enforce)\n')),
    daemon: { name: 'libvirtd', pid: 812, label: 'libvirtd (enforce)' },
  },
  {
    name: 'the LSM’s own file is asked first',
    documents: process(
      812,
      'libvirtd',
      file('/proc/812/attr/current', 'system_u:system_r:virtd_t\0'),
      file('/proc/812/attr/apparmor/current', 'unconfined\0'),
    ),
    daemon: { name: 'libvirtd', pid: 812, label: 'unconfined' },
  },
  { name: 'it runs without any LSM', documents: process(812, 'libvirtd'), daemon: { name: 'libvirtd', pid: 812 } },
  {
    name: 'its label can not be read',
    documents: process(812, 'libvirtd', unreadable('/proc/812/attr/current')),
    daemon: { name: 'libvirtd', pid: 812 },
  },
  {
    name: 'both run: the modular one drives QEMU',
    documents: [...process(9, 'libvirtd'), ...process(1000, 'virtqemud')],
    daemon: { name: 'virtqemud', pid: 1000 },
  },
  {
    name: 'one that runs wins over configuration',
    documents: [...process(9, 'libvirtd'), conf('virtqemud')],
    daemon: { name: 'libvirtd', pid: 9 },
  },
  { name: 'QEMU is no daemon', documents: process(77, 'qemu-system-x86'), daemon: { name: 'libvirtd' } },
  { name: 'a name that only begins alike', documents: process(77, 'libvirtd-helper'), daemon: { name: 'libvirtd' } },
  {
    name: 'a directory of /proc that is no process',
    documents: [file('/proc/self/comm', 'libvirtd\n')],
    daemon: { name: 'libvirtd' },
  },
  { name: 'configured modular', documents: [conf('virtqemud')], daemon: { name: 'virtqemud' } },
  { name: 'configured monolithic', documents: [conf('libvirtd')], daemon: { name: 'libvirtd' } },
  { name: 'configured both ways', documents: [conf('libvirtd'), conf('virtqemud')], daemon: { name: 'libvirtd' } },
];

describe('the daemon that drives QEMU', () => {
  for (const { name, documents, daemon } of cases) {
    test(name, () => assert.deepEqual(daemonOf(createHostTree(documents)), daemon));
  }
});
