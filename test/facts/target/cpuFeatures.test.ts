import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { featuresOf, hostCpu } from '../../../src/facts/target/cpuFeatures.ts';
import { domainCapabilitiesIn } from '../../../src/facts/target/domainCapabilities.ts';

const capsOf = (arch: string, broadwell: string) => {
  const text = `<domainCapabilities><path>/q</path><domain>kvm</domain><machine>m</machine><arch>${arch}</arch><cpu>
    <mode name='host-model' supported='yes'><model>X</model><feature policy='require' name='vmx'/></mode>
    <mode name='custom' supported='yes'>${broadwell}<model usable='no'>Y</model>
      <blockers model='Y'><feature name='hle'/><feature name='spec-ctrl'/><feature name='mpx'/></blockers></mode></cpu>
    </domainCapabilities>`;
  const [caps] = domainCapabilitiesIn([{ kind: 'domcapabilities', origin: 'x', text }]).known;
  assert.ok(caps !== undefined);
  return caps;
};

const withHle = "<model usable='no'>Broadwell</model><blockers model='Broadwell'><feature name='hle'/></blockers>";
const processor = { model: 'Broadwell', features: new Set(['mpx']) };

interface Given {
  type?: string;
  arch?: string;
  check?: string;
  broadwell?: string;
  processor?: typeof processor | undefined;
}

/** Whether the host has each of: one that QEMU has, one of the processor's model, one beyond it, none, and one that nobody names. */
const judged = (given: Given = {}) => {
  const { type = 'kvm', arch = 'x86_64', check = 'partial', broadwell = withHle } = given;
  const of = 'processor' in given ? given.processor : processor;
  const { has } = hostCpu({ cpu: { '@check': check } }, type, capsOf(arch, broadwell), of);
  return ['vmx', 'hle', 'mpx', 'spec-ctrl', 'avx'].map(has);
};

describe('features that QEMU lacks and the processor may have', () => {
  test('count with KVM', () => assert.deepEqual(judged(), [true, true, true, false, undefined]));
  const qemus = [true, false, false, false, undefined];
  test('do not count where what comes of it is checked', () => assert.deepEqual(judged({ check: 'full' }), qemus));
  test('do not count without KVM', () => assert.deepEqual(judged({ type: 'qemu' }), qemus));
  test('do not count on s390x, where libvirt asks only QEMU', () => assert.deepEqual(judged({ arch: 's390x' }), qemus));
  const untold = [true, undefined, undefined, undefined, undefined];
  test('are not known of a processor that is not told', () =>
    assert.deepEqual(judged({ processor: undefined }), untold));
  test('are not known where its model is none of QEMU’s', () =>
    assert.deepEqual(judged({ broadwell: '' }), [true, undefined, true, undefined, undefined]));
  test('are not known where nothing tells what its model has', () =>
    assert.deepEqual(judged({ broadwell: "<model usable='no'>Broadwell</model>" }), [
      true,
      undefined,
      true,
      undefined,
      undefined,
    ]));
  test('are none of its model where QEMU has all of that', () =>
    assert.deepEqual(judged({ broadwell: "<model usable='yes'>Broadwell</model>" }), [
      true,
      false,
      true,
      false,
      undefined,
    ]));
});

test('a feature without a policy is required', () =>
  assert.deepEqual(featuresOf({ cpu: { feature: [{ '@name': 'vmx' }] } }, ['require']), ['vmx']));
