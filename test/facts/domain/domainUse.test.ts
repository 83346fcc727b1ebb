import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDomains } from '../../../src/facts/assemble.ts';
import { domainUse } from '../../../src/facts/domain/domainUse.ts';
import type { Document } from '../../../src/model/document.ts';

const domain = (type: string, devices = ''): Document => ({
  kind: 'domain',
  origin: 'x',
  text: `<domain type='${type}'><name>web</name><devices>${devices}</devices></domain>`,
});
const broken: Document = { kind: 'domain', origin: 'x', text: "<domain type='kvm'><name>" };

const none = { kvm: false, tap: false, vhostNet: false, assignedPci: false };

const cases: readonly { name: string; documents: readonly Document[]; domains: object; unknown?: readonly string[] }[] =
  [
    { name: 'no domain', documents: [], domains: none },
    {
      name: 'nothing of it',
      documents: [domain('qemu', "<interface type='user'/><hostdev type='usb'/>")],
      domains: none,
    },
    {
      name: 'each by another domain',
      documents: [
        domain('kvm'),
        domain('qemu', "<interface type='network'/>"),
        domain('qemu', "<hostdev type='pci'/>"),
      ],
      domains: { kvm: true, tap: true, vhostNet: false, assignedPci: true },
    },
    {
      name: 'a virtual function as interface',
      documents: [domain('qemu', "<interface type='hostdev'/>")],
      domains: { ...none, assignedPci: true },
    },
    {
      name: 'an NVMe controller that QEMU drives itself',
      documents: [domain('qemu', "<disk type='nvme' device='disk'/>")],
      domains: { ...none, assignedPci: true },
    },
    {
      name: 'vhost-net behind macvtap',
      documents: [domain('kvm', "<interface type='direct'><model type='virtio'/></interface>")],
      domains: { ...none, kvm: true, vhostNet: true },
    },
    {
      name: 'no vhost-net: an emulated card, QEMU’s own backend, and no device of the kernel’s',
      documents: [
        domain(
          'kvm',
          "<interface type='bridge'><model type='e1000'/></interface>" +
            "<interface type='bridge'><model type='virtio'/><driver name='qemu'/></interface>" +
            "<interface type='user'><model type='virtio'/></interface>",
        ),
        domain('qemu', "<interface type='bridge'><model type='virtio'/></interface>"),
      ],
      domains: { ...none, kvm: true, tap: true },
    },
    {
      name: 'one that can’t be read may use what the others do not',
      documents: [domain('kvm'), broken],
      domains: { ...none, kvm: true },
      unknown: ['/host/domains/tap', '/host/domains/vhostNet', '/host/domains/assignedPci'],
    },
  ];

for (const { name, documents, domains, unknown = [] } of cases) {
  test(name, () => {
    const learnt = domainUse(parseDomains(documents));
    assert.deepEqual(learnt.facts, { domains });
    assert.deepEqual(
      learnt.unknown.map(({ at }) => at),
      unknown,
    );
  });
}
