import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isAtLeast, type Versions, versions } from '../../../../src/facts/host/daemon/versions.ts';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import type { Document } from '../../../../src/model/document.ts';
import { file, unreadable } from '../documents.ts';

const said = (text: string): Document => ({ kind: 'version', origin: 'qemu:///system', text });

const virsh = `Compiled against library: libvirt 9.0.0
Using library: libvirt 9.0.1
Using API: QEMU 9.0.2
Running hypervisor: QEMU 7.2.15
Running against daemon: 9.0.3
`;

const stanza = (name: string, version: string, status = 'install ok installed') =>
  `Package: ${name}\nStatus: ${status}\nPriority: optional\nVersion: ${version}\nDescription: x\n Version: 0\n`;

const dpkg = (...stanzas: string[]) => file('/var/lib/dpkg/status', stanzas.join('\n'));

const cases: readonly { name: string; documents: readonly Document[]; known: Versions }[] = [
  { name: 'nothing told', documents: [], known: {} },
  {
    name: 'virsh: the daemon and the hypervisor, not the library',
    documents: [said(virsh)],
    known: { libvirt: '9.0.3', qemu: '7.2.15' },
  },
  {
    name: 'virsh against a driver without hypervisor',
    documents: [said('Using API: Test 9.0.0\nRunning hypervisor: Test 0.0.2\nRunning against daemon: 9.0.0\n')],
    known: { libvirt: '9.0.0' },
  },
  {
    name: 'dpkg, without epoch and revision',
    documents: [dpkg(stanza('qemu-system-x86', '1:7.2+dfsg-7+deb12u12'), stanza('libvirt0', '9.0.0-4+deb12u2'))],
    known: { libvirt: '9.0.0', qemu: '7.2' },
  },
  {
    name: 'dpkg: a removed package does not count, a held one does',
    documents: [
      dpkg(
        stanza('libvirt-daemon', '1.0.0-1', 'deinstall ok config-files'),
        stanza('libvirt0', '9.0.0-4', 'hold ok installed'),
        stanza('libvirt-daemon-system', '2.0.0-1'),
      ),
    ],
    known: { libvirt: '9.0.0' },
  },
  {
    name: 'what runs wins over what is installed; each falls back by itself',
    documents: [
      said('Running against daemon: 8.0.0\n'),
      dpkg(stanza('libvirt0', '9.0.0'), stanza('qemu-system-common', '1:8.2.2')),
    ],
    known: { libvirt: '8.0.0', qemu: '8.2.2' },
  },
  { name: 'an unreadable status file', documents: [unreadable('/var/lib/dpkg/status')], known: {} },
];

describe('the versions of libvirt and QEMU', () => {
  for (const { name, documents, known } of cases) {
    test(name, () => assert.deepEqual(versions(documents, createHostTree(documents)), known));
  }
});

describe('a version is at least 9.7', () => {
  for (const [version, answer] of Object.entries({
    '9.7.0': true,
    '9.10.0': true,
    '10.0.0': true,
    '9.6.9': false,
    '8.99': false,
    '9': false,
    '9.7': true,
  })) {
    test(`${version}: ${answer}`, () => assert.equal(isAtLeast(version, 9, 7), answer));
  }
});
