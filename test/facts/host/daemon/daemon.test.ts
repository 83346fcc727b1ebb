import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Daemon, daemonOf } from '../../../../src/facts/host/daemon/daemon.ts';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import type { Document } from '../../../../src/model/document.ts';
import { directory, file, link, unreadable } from '../documents.ts';

const process = (pid: number, comm: string, ...labels: Document[]) => [
  file(`/proc/${pid}/comm`, `${comm}\n`),
  ...labels,
];
const enabled = (unit: string) =>
  link(`/etc/systemd/system/sockets.target.wants/${unit}`, `/lib/systemd/system/${unit}`);
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
  {
    name: 'one that has ended, and is not yet gone, does not run',
    documents: [
      ...process(812, 'libvirtd', file('/proc/812/cmdline', '')),
      ...process(4711, 'libvirtd', file('/proc/4711/cmdline', '/usr/sbin/libvirtd\0--timeout\x00120\0')),
    ],
    daemon: { name: 'libvirtd', pid: 4711, arguments: ['--timeout', '120'] },
  },
  {
    name: 'a user’s own is not the host’s',
    documents: [
      directory('/proc/90', 1000),
      ...process(90, 'virtqemud'),
      directory('/proc/812'),
      ...process(812, 'libvirtd'),
    ],
    daemon: { name: 'libvirtd', pid: 812 },
  },
  {
    name: 'a container’s is not the host’s: the pid file tells',
    documents: [
      ...process(90, 'virtqemud'),
      ...process(91, 'libvirtd'),
      ...process(812, 'libvirtd'),
      file('/run/libvirtd.pid', '812\n'),
    ],
    daemon: { name: 'libvirtd', pid: 812 },
  },
  {
    name: 'a pid file that was left behind',
    documents: [...process(91, 'bash'), ...process(812, 'libvirtd'), file('/run/libvirtd.pid', '91\n')],
    daemon: { name: 'libvirtd', pid: 812 },
  },
  {
    name: 'of several, the oldest',
    documents: [...process(1000, 'libvirtd'), ...process(91, 'libvirtd')],
    daemon: { name: 'libvirtd', pid: 91 },
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
  {
    name: 'configured both ways, the modular one enabled',
    documents: [conf('libvirtd'), conf('virtqemud'), enabled('virtqemud.socket')],
    daemon: { name: 'virtqemud' },
  },
  {
    name: 'configured both ways, both enabled',
    documents: [conf('libvirtd'), conf('virtqemud'), enabled('virtqemud.socket'), enabled('libvirtd.socket')],
    daemon: { name: 'libvirtd' },
  },
  {
    name: 'configured both ways, both enabled, the monolithic one masked',
    documents: [
      conf('libvirtd'),
      conf('virtqemud'),
      enabled('virtqemud.socket'),
      enabled('libvirtd.socket'),
      link('/etc/systemd/system/libvirtd.service', '/dev/null'),
    ],
    daemon: { name: 'virtqemud' },
  },
  {
    name: 'configured both ways, and what is enabled may not be read',
    documents: [conf('libvirtd'), conf('virtqemud'), unreadable('/etc/systemd/system')],
    daemon: { name: 'libvirtd', uncertain: '/etc/systemd/system: permission denied' },
  },
  {
    name: 'configured one way, and what is enabled may not be read',
    documents: [conf('virtqemud'), unreadable('/etc/systemd/system')],
    daemon: { name: 'virtqemud' },
  },
];

describe('the daemon that drives QEMU', () => {
  for (const { name, documents, daemon } of cases) {
    test(name, () => assert.deepEqual(daemonOf(createHostTree(documents)), daemon));
  }
});
