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
    if (row.value !== undefined) continue;
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
  ['9.0', 'pc-i440fx-2.3', { removed: '9.0' }],
  ['8.2', 'pc-i440fx-2.3', {}],
  ['6.0', 'pc-1.3', { removed: '6.0' }],
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
  ['argument', '-device', 'virtio-blk-pci,drive=x,scsi=off', undefined],
  ['argument', '-device', 'ivshmem-plain,memdev=x', undefined],
  ['argument', '-usbdevice', 'tablet', undefined],
  ['argument', 'no-hpet', '', undefined],
  ['environment', 'QEMU_AUDIO_DRV', '', '8.2'],
  ['environment', 'XQEMU_AUDIO_DRV', '', undefined],
  ['cpuModel', 'Icelake-Server', '', undefined],
  ['lunBus', 'scsi', '', undefined],
  ['diskProtocol', '-no-hpet', '', undefined],
];

describe('what is meant by a row, and what is not', () => {
  for (const [kind, name, value, removed] of uses) {
    test(`${kind} ${name} ${value}`, () => assert.equal(removalsIn('10.2').of(kind, name, value).removed, removed));
  }
});
