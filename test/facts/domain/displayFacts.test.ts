import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { displayFacts } from '../../../src/facts/domain/displayFacts.ts';
import { parsed } from './domainXml.ts';

const cases: readonly { name: string; devices: string; byDefault: readonly string[] }[] = [
  { name: 'no display', devices: '', byDefault: [] },
  { name: 'nothing said', devices: "<graphics type='vnc' port='-1'/>", byDefault: ['vnc'] },
  {
    name: 'as libvirt writes it: a type and no address',
    devices: "<graphics type='spice'><listen type='address'/></graphics><graphics type='vnc'><listen/></graphics>",
    byDefault: ['spice', 'vnc'],
  },
  { name: 'an address as attribute', devices: "<graphics type='vnc' listen='::1'/>", byDefault: [] },
  {
    name: 'an address as element',
    devices: "<graphics type='vnc'><listen type='address' address='::1'/></graphics>",
    byDefault: [],
  },
  {
    name: 'sockets, a network, nothing',
    devices:
      "<graphics type='vnc' socket='/run/a'/><graphics type='vnc'><listen type='socket'/></graphics>" +
      "<graphics type='vnc'><listen type='network' network='default'/></graphics>" +
      "<graphics type='spice'><listen type='none'/></graphics>",
    byDefault: [],
  },
];

describe('displays whose XML says no address', () => {
  for (const { name, devices, byDefault } of cases) {
    test(name, () => assert.deepEqual(displayFacts(parsed(devices).domain ?? {}), { displays: { byDefault } }));
  }
});
