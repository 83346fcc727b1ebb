import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import { qemuFacts } from '../../../../src/facts/host/qemu/qemuFacts.ts';
import type { Document } from '../../../../src/model/document.ts';
import { file, unreadable } from '../documents.ts';

const conf = (text: string) => file('/etc/libvirt/qemu.conf', text);
const passwd = (...lines: string[]) => file('/etc/passwd', `${lines.join('\n')}\n`);
const debian = passwd('root:x:0:0::/:', 'libvirt-qemu:x:64055:108::/:');

const cases: readonly { name: string; documents: readonly Document[]; facts: object; unknown?: readonly string[] }[] = [
  {
    name: 'Debian’s user, when qemu.conf says nothing',
    documents: [conf('#user = "root"\n'), debian],
    facts: { user: 'libvirt-qemu' },
  },
  { name: 'no qemu.conf at all', documents: [debian], facts: { user: 'libvirt-qemu' } },
  { name: 'Fedora’s user', documents: [passwd('qemu:x:107:107::/:')], facts: { user: 'qemu' } },
  {
    name: 'both: Debian’s',
    documents: [passwd('qemu:x:107:107::/:', 'libvirt-qemu:x:64055:108::/:')],
    facts: { user: 'libvirt-qemu' },
  },
  { name: 'the user that is set', documents: [conf('user = "root"\n'), debian], facts: { user: 'root' } },
  {
    name: 'domains are not confined by default',
    documents: [conf('security_default_confined = 0\n'), debian],
    facts: { user: 'libvirt-qemu', defaultConfined: 0 },
  },
  { name: 'a number with a name', documents: [conf('user = "+0"\n'), debian], facts: { user: 'root' } },
  { name: 'a number without the sign', documents: [conf('user = "64055"\n'), debian], facts: { user: 'libvirt-qemu' } },
  { name: 'a number without a name', documents: [conf('user = "+7"\n'), debian], facts: { user: '+7' } },
  {
    name: 'another name of root’s',
    documents: [conf('user = "toor"\nswtpm_user = "+0"\n'), passwd('toor:x:0:0::/:', 'root:x:0:0::/:')],
    facts: { user: 'root', swtpmUser: 'root' },
  },
  {
    name: 'a group of its own, and one that is root’s by another name',
    documents: [conf('group = "adm"\n'), debian, file('/etc/group', 'kvm:x:7:\nadm:x:0:\n')],
    facts: { user: 'libvirt-qemu', group: 'root' },
  },
  {
    name: 'an unreadable list of accounts: any name may be root’s, and root is root',
    documents: [
      conf('user = "qemu"\nswtpm_user = "root"\ngroup = "kvm"\n'),
      unreadable('/etc/passwd'),
      unreadable('/etc/group'),
    ],
    facts: { user: 'qemu', group: 'kvm', swtpmUser: 'root' },
    unknown: ['/host/qemu/user', '/host/qemu/group'],
  },
  {
    name: 'one security driver',
    documents: [conf('security_driver = "apparmor"\n'), debian],
    facts: { user: 'libvirt-qemu', securityDriver: ['apparmor'] },
  },
  {
    name: 'several security drivers',
    documents: [conf('security_driver = [ "apparmor", "none" ]\n'), debian],
    facts: { user: 'libvirt-qemu', securityDriver: ['apparmor', 'none'] },
  },
  { name: 'nobody tells the user', documents: [passwd('root:x:0:0::/:')], facts: {}, unknown: ['/host/qemu/user'] },
  {
    name: 'an unreadable qemu.conf: its user may be any',
    documents: [unreadable('/etc/libvirt/qemu.conf'), debian],
    facts: { user: 'libvirt-qemu' },
    unknown: ['/host/qemu'],
  },
];

describe('what qemu.conf asks for', () => {
  for (const { name, documents, facts, unknown = [] } of cases) {
    test(name, () => {
      const learnt = qemuFacts(createHostTree(documents));
      assert.deepEqual(learnt.facts, { defaultConfined: 1, ...facts });
      assert.deepEqual(
        learnt.unknown.map(({ at }) => at),
        unknown,
      );
    });
  }
  test('that users could not be read is the reason, not that there are none', () => {
    const [unknown] = qemuFacts(createHostTree([unreadable('/etc/passwd')])).unknown;
    assert.match(unknown?.reason ?? '', /\/etc\/passwd: permission denied/);
  });
});
