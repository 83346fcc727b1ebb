import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { machineOnTarget } from '../../../src/facts/target/emulatorOnTarget.ts';
import { familyOf, offersOf } from '../../../src/facts/target/offers.ts';
import type { Document } from '../../../src/model/document.ts';

const capabilities = (...machines: string[]): Document => ({
  kind: 'capabilities',
  origin: 'x',
  text: `<capabilities><host><cpu><arch>x86_64</arch></cpu></host><guest><os_type>hvm</os_type><arch name='x86_64'>
    <emulator>/q</emulator>${machines.map((name) => `<machine>${name}</machine>`).join('')}<domain type='qemu'/></arch>
  </guest></capabilities>`,
});
const domcapabilities = (machine: string, type = 'kvm', path = '/q'): Document => ({
  kind: 'domcapabilities',
  origin: 'x',
  text: `<domainCapabilities><path>${path}</path><domain>${type}</domain><machine>${machine}</machine>
    <arch>x86_64</arch></domainCapabilities>`,
});
const version: Document = { kind: 'version', origin: 'x', text: 'Running hypervisor: QEMU 9.2.1\n' };
const offers = (documents: readonly Document[], qemu?: string) =>
  offersOf({ name: 'new', documents, ...(qemu === undefined ? {} : { qemu }) });

describe('the release of the target’s QEMU', () => {
  const cases: readonly (readonly [string, readonly Document[], string | undefined, string | undefined])[] = [
    ['is what the operator says', [version], '10.1', '10.1'],
    ['is what the bundle says', [version, capabilities('pc-i440fx-8.0')], undefined, '9.2.1'],
    ['is no older than a machine type that it has', [version, capabilities('pc-i440fx-10.0')], undefined, '10.0'],
    ['is what the operator says all the same', [version, capabilities('pc-i440fx-10.0')], '9.2', '9.2'],
    ['is that of the newest machine type', [capabilities('pc-i440fx-9.0', 'pc-q35-10.0', 'pc')], undefined, '10.0'],
    ['is at least that of a machine type it was asked about', [domcapabilities('pc-q35-9.1')], undefined, '9.1'],
    ['does not follow from a distribution’s types', [capabilities('pc-q35-rhel9.4.0')], undefined, undefined],
    ['is unknown of nothing', [], undefined, undefined],
  ];
  for (const [name, documents, qemu, expected] of cases) {
    test(name, () => assert.equal(offers(documents, qemu).qemu, expected));
  }
});

describe('what the target offers a domain', () => {
  const known = [domcapabilities('pc-q35-9.1'), domcapabilities('pc-i440fx-9.1', 'qemu')];
  const machineOf = (wanted: Parameters<ReturnType<typeof offersOf>['domain']>[0], documents = known) => {
    const found = offers(documents).domain(wanted);
    return 'unknown' in found ? found.unknown : found.machine;
  };
  test('an older type of the family is told by the newest', () =>
    assert.equal(machineOf({ type: 'kvm', arch: 'x86_64', machine: 'pc-q35-4.2' }), 'pc-q35-9.1'));
  test('the very type, where it was asked about', () =>
    assert.equal(
      machineOf({ type: 'kvm', machine: 'pc-q35-4.2' }, [...known, domcapabilities('pc-q35-4.2')]),
      'pc-q35-4.2',
    ));
  test('nothing, by domcapabilities of a QEMU that the capabilities are not of', () => {
    const mixed = [capabilities('pc-q35-7.2', 'pc-i440fx-7.2'), domcapabilities('pc-q35-10.0', 'qemu')];
    const said = machineOf({ type: 'qemu', machine: 'pc-q35-7.2' }, mixed);
    assert.match(said, /^nothing is known .*; the domcapabilities of pc-q35-10\.0 are of another host or time than/);
    const same = [capabilities('pc-q35-7.2', 'pc-q35-10.0'), domcapabilities('pc-q35-10.0', 'qemu')];
    assert.equal(machineOf({ type: 'qemu', machine: 'pc-q35-7.2' }, same), 'pc-q35-10.0');
  });
  test('a name that only JavaScript knows is a family of its own', () =>
    assert.equal(familyOf('__proto__'), '__proto__'));
  test('a machine type for a domain that names none: the first', () => {
    const documents = [capabilities('pc-i440fx-9.0', 'pc', 'pc-q35-9.0')];
    assert.equal(offers(documents).defaultMachine({ type: 'qemu' }), 'pc-i440fx-9.0');
    assert.equal(offers([]).defaultMachine({ type: 'qemu' }), undefined);
  });
  test('nothing of machine types, where capabilities name an emulator and none of them', () => {
    const fit = machineOnTarget({ type: 'qemu', arch: 'x86_64', machine: 'pc' }, offers([capabilities()]));
    assert.deepEqual(fit.facts, { name: 'pc' });
    assert.match(fit.unknown[0]?.reason ?? '', /so not its machine types either/);
  });
  test('another family tells nothing', () =>
    assert.match(
      machineOf({ type: 'kvm', machine: 'pc-i440fx-4.2' }),
      /virsh domcapabilities --virttype kvm --machine/,
    ));
  test('nor does another type of domain', () =>
    assert.match(machineOf({ type: 'qemu', machine: 'q35' }), /^nothing is known of what the target offers qemu/));
  test('nor another emulator', () =>
    assert.match(machineOf({ type: 'kvm', machine: 'q35', emulator: '/opt/q' }), /^nothing is known/));
  test('nor one that can’t be read', () => {
    const broken: Document = { kind: 'domcapabilities', origin: 'broken.xml', text: '<domainCapabilities>' };
    assert.match(machineOf({ type: 'kvm', machine: 'q35' }, [broken]), /broken\.xml: domcapabilities: ends inside/);
  });
});

test('families of machine types', () =>
  assert.deepEqual(['pc', 'q35', 'pc-q35-9.2', 'virt-9.2', 'pc-i440fx-focal', 'pc-q35-jammy-hpb'].map(familyOf), [
    'pc-i440fx',
    'pc-q35',
    'pc-q35',
    'virt',
    'pc-i440fx',
    'pc-q35',
  ]));
