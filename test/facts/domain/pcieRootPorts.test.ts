import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pcieRootPorts } from '../../../src/facts/domain/pcieRootPorts.ts';
import { parsed } from './domainXml.ts';

const root = "<controller type='pci' index='0' model='pcie-root'/>";
const port = (index: number) =>
  `<controller type='pci' index='${index}' model='pcie-root-port'><address type='pci' bus='0x00' slot='0x02' function='0x${index % 8}'/></controller>`;
const disk = (bus: string, type = 'pci') =>
  `<disk type='file'><target dev='vda' bus='virtio'/><address type='${type}' bus='${bus}' slot='0x00' function='0x0'/></disk>`;
const balloon = (bus: string) =>
  `<memballoon model='virtio'><address type='pci' bus='${bus}' slot='0x00' function='0x0'/></memballoon>`;

const of = (devices: string) => pcieRootPorts(parsed(devices).domain ?? {});

describe('root ports', () => {
  test('of a domain without PCI Express', () =>
    assert.deepEqual(of("<controller type='pci' index='0' model='pci-root'/>"), {}));
  test('of a domain without controllers', () => assert.deepEqual(of(''), {}));
  test('none', () => assert.deepEqual(of(root), { pcie: { rootPorts: 0, freeRootPorts: 0 } }));
  test('free and taken', () =>
    assert.deepEqual(of(root + port(1) + port(2) + port(3) + disk('0x02') + balloon('0x03')), {
      pcie: { rootPorts: 3, freeRootPorts: 1 },
    }));
  test('buses are hexadecimal, indexes decimal', () =>
    assert.deepEqual(of(root + port(10) + port(16) + disk('0x10')), { pcie: { rootPorts: 2, freeRootPorts: 1 } }));
  test('an address of another type takes none', () =>
    assert.deepEqual(of(root + port(1) + disk('1', 'drive')), { pcie: { rootPorts: 1, freeRootPorts: 1 } }));
});
