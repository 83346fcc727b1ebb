import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { capabilitiesOf, type Emulator } from '../../../../src/facts/host/daemon/capabilities.ts';
import type { Document } from '../../../../src/model/document.ts';

const document = (text: string): Document => ({ kind: 'capabilities', origin: 'qemu:///system', text });

/** As libvirt 9.0.0 prints it, shortened; the features of 9.9.0. */
const real = document(`<capabilities>
  <host><cpu><arch>x86_64</arch></cpu></host>
  <guest>
    <os_type>hvm</os_type>
    <arch name='i686'>
      <wordsize>32</wordsize>
      <emulator>/usr/bin/qemu-system-i386</emulator>
      <machine maxCpus='1'>isapc</machine>
      <domain type='qemu'/>
    </arch>
    <features><disksnapshot default='on' toggle='no'/><externalSnapshot/></features>
  </guest>
  <guest>
    <os_type>hvm</os_type>
    <arch name='x86_64'>
      <wordsize>64</wordsize>
      <emulator>/usr/bin/qemu-system-x86_64</emulator>
      <machine maxCpus='255'>pc-i440fx-7.2</machine>
      <machine canonical='pc-i440fx-7.2' maxCpus='255'>pc</machine>
      <machine maxCpus='255' deprecated='yes'>pc-i440fx-1.7</machine>
      <domain type='qemu'/>
      <domain type='kvm'>
        <emulator>/usr/bin/qemu-kvm</emulator>
        <machine maxCpus='288'>pc-q35-7.2</machine>
      </domain>
    </arch>
  </guest>
</capabilities>`);

const known = (from: Document) => {
  const capabilities = capabilitiesOf([from]);
  if ('unknown' in capabilities) throw new Error(capabilities.unknown);
  return capabilities.known;
};

const names = (emulator: Emulator) => {
  const machines = known(real).machines(emulator);
  return machines === undefined ? undefined : [...machines.keys()];
};

const tcg = ['pc-i440fx-7.2', 'pc', 'pc-i440fx-1.7'];

const cases: readonly { name: string; emulator: Emulator; machines: readonly string[] | undefined }[] = [
  { name: 'of an architecture', emulator: { arch: 'i686', type: 'qemu' }, machines: ['isapc'] },
  { name: 'of the host’s own, where the XML names none', emulator: { type: 'qemu' }, machines: tcg },
  { name: 'those of a domain type of its own', emulator: { type: 'kvm' }, machines: ['pc-q35-7.2'] },
  {
    name: 'Debian’s script for an emulator',
    emulator: { type: 'qemu', emulator: '/usr/bin/kvm' },
    machines: tcg,
  },
  { name: 'another emulator', emulator: { type: 'qemu', emulator: '/opt/qemu' }, machines: undefined },
  {
    name: 'the emulator of another type',
    emulator: { type: 'qemu', emulator: '/usr/bin/qemu-kvm' },
    machines: undefined,
  },
  { name: 'another architecture', emulator: { arch: 'riscv64', type: 'qemu' }, machines: undefined },
];

describe('machine types that the daemon offers', () => {
  for (const { name, emulator, machines } of cases) test(name, () => assert.deepEqual(names(emulator), machines));
  test('what is said of each', () => {
    const machines = known(real).machines({ type: 'qemu' });
    assert.deepEqual(machines?.get('pc'), { deprecated: false, canonical: 'pc-i440fx-7.2', maxCpus: 255 });
    assert.deepEqual(machines?.get('pc-i440fx-1.7'), { deprecated: true, maxCpus: 255 });
  });
});

describe('capabilities', () => {
  test('external snapshots', () => {
    assert.equal(known(real).externalSnapshot, true);
    assert.equal(known(document('<capabilities><host/></capabilities>')).externalSnapshot, false);
  });
  test('the host’s architecture', () => assert.equal(known(real).arch, 'x86_64'));
  test('not read', () => assert.ok('unknown' in capabilitiesOf([])));
  test('cut off', () => {
    const cut = capabilitiesOf([document('<capabilities><host>')]);
    assert.match('unknown' in cut ? cut.unknown : '', /^qemu:\/\/\/system: capabilities: ./);
  });
});
