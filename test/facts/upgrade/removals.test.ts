import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { documentedRelease, type Fate, type RemovalKind, removalsIn } from '../../../src/facts/upgrade/removals.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const text = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const kept = parse(text('rules', 'data', 'qemu-removals.yaml'));

test('what the program uses is what people keep', () =>
  assert.deepEqual(
    JSON.parse(text('src', 'facts', 'upgrade', 'qemuRemovals.json')),
    kept,
    'run node --import tsx scripts/qemu-removals.ts',
  ));

test('every row says when, by a release that is documented, and of a kind that is looked at', () => {
  const kinds: readonly RemovalKind[] = ['diskProtocol', 'lunBus', 'cpuModel', 'environment', 'argument'];
  for (const row of kept.rows) {
    assert.ok(kinds.includes(row.kind), `${row.kind} is no kind`);
    assert.ok(row.removed ?? row.deprecated, `${row.name}: neither removed nor deprecated`);
    for (const release of [row.removed, row.deprecated]) assert.match(release ?? '1.0', /^\d+\.\d+$/);
    for (const each of Object.keys(row)) {
      const known = 'kind name prefix text types properties value unless deprecated removed instead'.split(' ');
      assert.ok(known.includes(each), `${row.name}: nobody reads ${each}`);
    }
    if (row.text !== undefined || row.types !== undefined || row.properties !== undefined) continue;
    const fate = removalsIn(documentedRelease).of(row.kind, row.name ?? `${row.prefix}X`);
    assert.notDeepEqual(fate, {}, `${row.name} is not found`);
  }
});

/** The table of QEMU's policy: docs/conf.py of each release. */
const arithmetic: readonly (readonly [release: string, machine: string, fate: Fate])[] = [
  ['9.0', 'pc-i440fx-2.4', {}],
  ['9.1', 'pc-i440fx-6.1', { deprecated: '9.1' }],
  ['9.1', 'pc-i440fx-6.2', {}],
  ['10.0', 'pc-q35-4.0', { deprecated: '9.1' }],
  ['10.1', 'pc-q35-4.1', { deprecated: '9.1', removed: '10.1' }],
  ['10.1', 'pc-q35-4.2', { deprecated: '9.1' }],
  ['10.2', 'pc-q35-4.2', { deprecated: '9.1', removed: '10.2' }],
  ['10.2', 'pc-q35-7.2', { deprecated: '10.2' }],
  ['11.0', 'virt-5.0', { deprecated: '9.1', removed: '11.0' }],
  ['11.1.3', 'pc-i440fx-5.1', { deprecated: '9.1', removed: '11.1' }],
  ['11.1', 'pc-i440fx-5.2', { deprecated: '9.1' }],
  ['12.0', 's390-ccw-virtio-6.0', { deprecated: '9.1', removed: '12.0' }],
  ['11.0', 'pc-q35-8.0', { deprecated: '11.0' }],
  ['10.1', 'pc-q35-4.0.1', { deprecated: '9.1', removed: '10.1' }],
  ['10.2', 'pc-i440fx-2.12', { deprecated: '9.1', removed: '10.1' }],
  ['9.1', 'pc-i440fx-2.3', { deprecated: '8.2', removed: '9.1' }],
  ['9.0', 'pc-i440fx-2.3', { deprecated: '8.2' }],
  ['8.1', 'pc-i440fx-2.3', {}],
  ['8.2', 'pc-i440fx-1.7', { deprecated: '7.0', removed: '8.2' }],
  ['8.1', 'pc-i440fx-1.7', { deprecated: '7.0' }],
  ['9.1', 'pseries-2.12', { deprecated: '9.0' }],
  ['9.2', 'pseries-2.12', { deprecated: '9.0', removed: '9.2' }],
  ['10.0', 'pseries-3.0', { deprecated: '9.1' }],
  ['10.0', 's390-ccw-virtio-2.8', { deprecated: '9.1', removed: '10.0' }],
  ['10.0', 's390-ccw-virtio-2.9', { deprecated: '9.1' }],
  ['6.0', 'pc-1.3', { deprecated: '5.0', removed: '6.0' }],
  ['12.0', 'pc', {}],
  ['12.0', 'pc-i440fx-jammy', {}],
  ['12.0', 'pc-q35-rhel7.6.0', {}],
  ['12.0', 'isapc', {}],
];

describe('versioned machine types', () => {
  for (const [release, machine, fate] of arithmetic) {
    test(`${machine} in ${release}`, () => assert.deepEqual(removalsIn(release).machine(machine), fate));
  }
});

describe('by release', () => {
  test('not yet', () => assert.deepEqual(removalsIn('5.2').of('diskProtocol', 'sheepdog'), {}));
  test('just then', () =>
    assert.deepEqual(removalsIn('6.0').of('diskProtocol', 'sheepdog'), { removed: '6.0', instead: 'rbd' }));
  test('a two-digit release is later', () =>
    assert.equal(removalsIn('10.0').of('argument', '-no-hpet').removed, '9.0'));
  test('deprecated, then removed', () => {
    assert.deepEqual(removalsIn('7.0').of('cpuModel', 'Icelake-Client'), {
      deprecated: '5.2',
      instead: 'Icelake-Server',
    });
    assert.equal(removalsIn('7.1').of('cpuModel', 'Icelake-Client').removed, '7.1');
  });
});

const uses: readonly (readonly [kind: RemovalKind, name: string, value: string, removed: string | undefined])[] = [
  ['argument', '-fsdev', 'proxy,id=x,socket=/x', '9.2'],
  ['argument', '-fsdev', 'local,id=proxy,path=/x', undefined],
  ['argument', '-spice', 'port=5900,password=x', '8.0'],
  ['argument', '-spice', 'port=5900,password-secret=x', undefined],
  ['argument', '-device', 'virtio-blk-pci,drive=x,scsi=on', '9.1'],
  ['argument', '-device', 'virtio-blk-pci,drive=x,scsi=off', '9.1'],
  ['argument', '-device', 'virtio-blk-pci,drive=x,serial=scsi', undefined],
  ['argument', '-device', 'sga', '8.0'],
  ['argument', '-device', 'driver=sga', '8.0'],
  ['argument', '-device', 'id=x,driver=sga', '8.0'],
  ['argument', '-device', '{"id": "x", "driver": "sga"}', '8.0'],
  ['argument', '-device', '{"driver": "sga', undefined],
  ['argument', '-device', 'id=x,sga', undefined],
  ['argument', '-device', 'virtio-serial,id=sga', undefined],
  ['argument', '-device', 'vfio-platform,host=x', '10.2'],
  ['argument', '-device', 'vfio-pci,host=x', undefined],
  ['argument', '-device', 'sd-card,spec_version=1', '10.2'],
  ['argument', '-device', 'sd-card,spec_version=2', undefined],
  ['argument', '-chardev', 'id=c,backend=tty,path=/dev/ttyS0', '8.0'],
  ['argument', '-chardev', 'socket,id=c,path=/tty,,reconnect=1', undefined],
  ['argument', '-chardev', 'socket,id=c,path=/x,reconnect=1', '10.2'],
  ['argument', '-chardev', 'socket,id=c,path=/x,reconnect-ms=1', undefined],
  ['argument', '-chardev', 'socket,id=c,path=/x,nowait', '6.0'],
  ['argument', '-chardev', 'socket,id=c,path=/x,server,nowait', undefined],
  ['argument', '-netdev', '{"type":"stream","id":"n","reconnect":5}', '10.2'],
  ['argument', '-netdev', 'user,id=n', undefined],
  ['argument', '-net', 'nic,vlan=1', '3.0'],
  ['argument', '-net', 'nic,model=vlan', undefined],
  ['argument', '-drive', 'file=/x,if=none,id=d,serial=x', '3.0'],
  ['argument', '-drive', 'file=/x,,serial=x,if=none,id=d', undefined],
  ['argument', '-global', 'isa-fdc.driveA=x', '6.0'],
  ['argument', '-global', 'driver=isa-fdc,property=driveA,value=x', '6.0'],
  ['argument', '-global', 'SUNW,fdtwo.drive=x', '6.0'],
  ['argument', '-global', 'migration.decompress-error-check=off', '9.1'],
  ['argument', '-global', 'isa-debugcon.iobase=0x402', undefined],
  ['argument', '-machine', 'q35,enforce-config-section=on', '5.2'],
  ['argument', '-mon', 'chardev=c,pretty=on', '6.0'],
  ['argument', '-mon', 'chardev=c,mode=control,pretty=on', undefined],
  ['argument', '-smp', '4,sockets=0', '9.0'],
  ['argument', '-smp', '0', '9.0'],
  ['argument', '-smp', '10,sockets=10', undefined],
  ['argument', '-object', 'secret,id=s,loaded=on,data=x', '9.2'],
  ['argument', '-object', '{"qom-type":"rng-random","id":"r","opened":true}', '7.1'],
  ['argument', '-object', 'rng-random,id=loaded', undefined],
  ['argument', '-display', 'sdl,window_close=off', '7.1'],
  ['argument', '-display', 'sdl,window-close=off', undefined],
  ['argument', '-vnc', ':1,x509=/pki', '3.1'],
  ['argument', '-usbdevice', 'ccid', '6.0'],
  ['argument', '-device', 'ivshmem-plain,memdev=x', undefined],
  ['argument', '-usbdevice', 'tablet', undefined],
  ['argument', 'no-hpet', '', undefined],
  ['environment', 'QEMU_AUDIO_DRV', '', '8.2'],
  ['environment', 'XQEMU_AUDIO_DRV', '', undefined],
  ['cpuModel', 'Icelake-Server', '', undefined],
  ['lunBus', 'scsi', '', undefined],
  ['diskProtocol', '-no-hpet', '', undefined],
];

describe('what is told', () => {
  const what = (name: string, value: string) => removalsIn('10.2').of('argument', name, value).what;
  test('of what an option is, and of its property', () => {
    assert.equal(what('-device', 'id=x,driver=sga'), '-device sga');
    assert.equal(what('-chardev', 'socket,path=/secret,reconnect=1'), '-chardev reconnect=');
    assert.equal(what('-netdev', 'stream,id=n,reconnect=1'), '-netdev stream,reconnect=');
  });
  test('of two that are gone, the one that is gone by then', () =>
    assert.equal(removalsIn('10.2').of('argument', '-chardev', 'tty,reconnect=1').removed, '8.0'));
});

describe('what is meant by a row, and what is not', () => {
  for (const [kind, name, value, removed] of uses) {
    test(`${kind} ${name} ${value}`, () => assert.equal(removalsIn('10.2').of(kind, name, value).removed, removed));
  }
});
