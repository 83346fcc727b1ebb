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

const none = { kvm: false, tap: false, assignedPci: false };

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
      domains: { kvm: true, tap: true, assignedPci: true },
    },
    {
      name: 'a virtual function as interface',
      documents: [domain('qemu', "<interface type='hostdev'/>")],
      domains: { ...none, assignedPci: true },
    },
    {
      name: 'one that can’t be read may use what the others do not',
      documents: [domain('kvm'), broken],
      domains: { ...none, kvm: true },
      unknown: ['/host/domains/tap', '/host/domains/assignedPci'],
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
