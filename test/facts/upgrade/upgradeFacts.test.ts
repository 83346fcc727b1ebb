import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDomain } from '../../../src/facts/domain/parsedDomain.ts';
import { upgradeFacts } from '../../../src/facts/upgrade/upgradeFacts.ts';
import { upgrading } from '../domain/upgradingXml.ts';

const factsOf = (text: string, qemu?: string) => {
  const parsed = parseDomain({ kind: 'domain', origin: 'x', text });
  if (parsed === undefined) throw new Error('no domain');
  return upgradeFacts(parsed, undefined, qemu).facts.upgrade;
};

const old = upgrading('config').text;

describe('what a domain asks of QEMU', () => {
  test('each use with what became of it', () =>
    assert.deepEqual(factsOf(old, '9.1'), {
      qemu: '9.1',
      machine: { name: 'pc' },
      cpuModel: {
        name: 'Icelake-Client',
        deprecated: 'Icelake-Client is deprecated since QEMU 5.2',
        removed: 'Icelake-Client is gone since QEMU 7.1',
        instead: 'Icelake-Server',
      },
      diskProtocols: [
        { index: 2, name: 'sheepdog', removed: 'sheepdog is gone since QEMU 6.0', instead: 'rbd' },
        { index: 3, name: 'gluster' },
      ],
      lunBuses: [
        {
          index: 1,
          name: 'virtio',
          removed: 'virtio is gone since QEMU 9.1',
          instead: "bus='scsi' with a virtio-scsi controller",
        },
      ],
      environment: [
        {
          index: 0,
          name: 'QEMU_AUDIO_DRV',
          removed: 'QEMU_AUDIO_DRV is gone since QEMU 8.2',
          instead: '<audio> below <devices>',
        },
      ],
      arguments: [
        {
          index: 0,
          name: '-no-hpet',
          removed: '-no-hpet is gone since QEMU 9.0',
          instead: "<timer name='hpet' present='no'/>",
        },
      ],
    }));
  test('of another release, less', () => {
    const text = JSON.stringify(factsOf(old, '5.0'));
    assert.doesNotMatch(text, /removed|deprecated|instead/);
  });
  test('a machine type by an argument, in each of its forms', () => {
    const args = (...values: string[]) =>
      `<domain type='kvm'><name>a</name><qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>${values
        .map((value) => `<qemu:arg value='${value}'/>`)
        .join('')}</qemu:commandline></domain>`;
    const removed = (...values: string[]) =>
      JSON.stringify((factsOf(args(...values), '10.0') as { arguments: unknown }).arguments);
    const gone = /"removed":"-machine pc-i440fx-2\.1 is gone since QEMU 9\.1"/;
    assert.match(removed('-machine', 'pc-i440fx-2.1'), gone);
    assert.match(removed('-M', 'pc-i440fx-2.1,usb=off'), gone);
    assert.match(removed('-machine', 'accel=kvm,type=pc-i440fx-2.1'), gone);
    assert.doesNotMatch(removed('-machine', 'pc-i440fx-9.2', '-machine', 'usb=off'), /removed|deprecated/);
    assert.match(removed('-machine', 'enforce-config-section=on'), /gone since QEMU 5\.2/);
  });
  test('nothing', () =>
    assert.deepEqual(factsOf("<domain type='kvm'><name>a</name></domain>", '10.2'), {
      qemu: '10.2',
      diskProtocols: [],
      lunBuses: [],
      environment: [],
      arguments: [],
    }));
  test('-M is -machine', () => {
    const args = ['-M', 'q35,enforce-config-section=on'].map((value) => `<qemu:arg value='${value}'/>`).join('');
    const text = `<domain type='kvm' xmlns:qemu='x'><name>a</name><qemu:commandline>${args}</qemu:commandline></domain>`;
    assert.match(JSON.stringify(factsOf(text, '10.2')), /-machine enforce-config-section= is gone since QEMU 5.2/);
  });
  test('an argument’s value, which may be a password, is never a fact', () => {
    const args = ['-spice', 'password=hunter2', '--no-acpi'].map((value) => `<qemu:arg value='${value}'/>`).join('');
    const text = `<domain type='kvm' xmlns:qemu='x'><name>a</name><qemu:commandline>${args}</qemu:commandline></domain>`;
    const facts = JSON.stringify(factsOf(text, '10.2'));
    assert.doesNotMatch(facts, /hunter2/);
    assert.match(
      facts,
      /"index":0,"name":"-spice","removed":"-spice password= is gone since QEMU 8.0".*"index":2,"name":"-no-acpi","removed":"-no-acpi is gone since QEMU 9.0"/,
    );
  });
});
