import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { capabilitiesOf } from '../../../src/facts/host/daemon/capabilities.ts';
import { domainCapabilitiesIn } from '../../../src/facts/target/domainCapabilities.ts';
import { ofOneHost } from '../../../src/facts/target/otherHost.ts';
import type { Document } from '../../../src/model/document.ts';

const capabilities = (types: readonly string[] = ['qemu', 'kvm'], vendor = '<vendor>Intel</vendor>'): Document => ({
  kind: 'capabilities',
  origin: 'caps.xml',
  text: `<capabilities><host><cpu><arch>x86_64</arch>${vendor}</cpu></host><guest><os_type>hvm</os_type><arch name='x86_64'>
    <emulator>/q</emulator><machine maxCpus='255'>pc-i440fx-7.2</machine><machine maxCpus='288'>pc-q35-7.2</machine>
    ${types.map((type) => `<domain type='${type}'/>`).join('')}</arch></guest></capabilities>`,
});

interface Answer {
  type?: string;
  path?: string;
  arch?: string;
  machine?: string;
  max?: number;
  vendor?: string;
  models?: readonly string[];
}

const answer = (given: Answer = {}): Document => {
  const { type = 'kvm', path = '/q', arch = 'x86_64', machine = 'pc-q35-7.2', max, vendor, models } = given;
  const host = vendor === undefined ? '' : `<mode name='host-model' supported='yes'><vendor>${vendor}</vendor></mode>`;
  const named = (models ?? []).map((model) => `<model usable='yes'>${model}</model>`).join('');
  const custom = models === undefined ? '' : `<mode name='custom' supported='yes'>${named}</mode>`;
  const text = `<domainCapabilities><path>${path}</path><domain>${type}</domain><machine>${machine}</machine><arch>${arch}</arch>
    ${max === undefined ? '' : `<vcpu max='${max}'/>`}<cpu>${host}${custom}</cpu></domainCapabilities>`;
  return { kind: 'domcapabilities', origin: 'domcaps.xml', text };
};

const judge = (answers: readonly Document[], of: Document | undefined = capabilities()) => {
  const found = of === undefined ? undefined : capabilitiesOf([of]);
  const { known } = domainCapabilitiesIn(answers);
  return ofOneHost(known, found !== undefined && 'known' in found ? found.known : undefined);
};

describe('an answer that is not of the host of the capabilities', () => {
  const cases: readonly [string, Answer, RegExp, Document?][] = [
    ['of a machine type that these have not', { machine: 'pc-q35-10.0' }, /which have no such machine type$/],
    ['of KVM, which these have not', {}, /which run no kvm domains$/, capabilities(['qemu'])],
    ['with more CPUs', { max: 4096 }, /which give it 288 CPUs, not 4096$/],
    ['with fewer CPUs, though no kernel has a say', { type: 'qemu', max: 255 }, /which give it 288 CPUs, not 255$/],
    ['on other processors', { vendor: 'AMD' }, /of a host with processors of Intel, not of AMD$/],
  ];
  for (const [name, given, why, of] of cases) {
    test(name, () => {
      const { known, strange } = judge([answer(given)], of);
      assert.deepEqual(known, []);
      assert.equal(strange.length, 1);
      assert.match(strange[0] ?? '', /^the domcapabilities of pc-q35-[\d.]+ are of another host or time than the cap/);
      assert.match(strange[0] ?? '', why);
    });
  }
});

describe('an answer that may be', () => {
  const cases: readonly [string, Answer, Document?][] = [
    ['of what both name', { max: 288, vendor: 'Intel' }],
    ['with fewer CPUs than the machine type can have, as the kernel allows', { max: 240 }],
    ['without KVM host-model is of QEMU’s vendor', { type: 'qemu', max: 288, vendor: 'AMD' }],
    ['of another emulator, which the capabilities do not name', { path: '/opt/q', machine: 'pc-q35-10.0', max: 4096 }],
    ['of another architecture', { arch: 'aarch64', machine: 'virt-7.2', type: 'qemu', vendor: 'ARM' }],
    ['where the capabilities tell no vendor', { vendor: 'AMD' }, capabilities(['qemu', 'kvm'], '')],
  ];
  for (const [name, given, of] of cases) {
    test(name, () => {
      const { known, strange } = judge([answer(given)], of);
      assert.deepEqual(strange, []);
      assert.equal(known.length, 1);
    });
  }
});

describe('answers of one emulator that name different CPU models', () => {
  const [old, late] = [
    answer({ machine: 'pc-i440fx-7.2', models: ['Penryn'] }),
    answer({ models: ['Penryn', 'SapphireRapids'] }),
  ];
  test('are of different hosts or times, so none is believed', () => {
    const { known, strange } = judge([old, late], undefined);
    assert.deepEqual(known, []);
    assert.deepEqual(strange, [
      'the domcapabilities of pc-i440fx-7.2 are of another host or time than others, which name other CPU models',
      'the domcapabilities of pc-q35-7.2 are of another host or time than others, which name other CPU models',
    ]);
  });
  test('do not touch another type’s', () => {
    const { known } = judge([old, late, answer({ type: 'qemu', models: ['max'] })]);
    assert.deepEqual(
      known.map(({ type }) => type),
      ['qemu'],
    );
  });
  test('one that names none does not tell', () =>
    assert.equal(judge([old, answer(), answer({ models: [] })]).known.length, 3));
  test('one that is not of the capabilities’ host does not count against the others', () => {
    const { known, strange } = judge([old, answer({ machine: 'pc-q35-10.0', models: ['SapphireRapids'] })]);
    assert.equal(known.length, 1);
    assert.equal(strange.length, 1);
  });
});
