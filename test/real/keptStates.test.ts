/**
 * States that ask for what QEMU no longer has. No older QEMU is at hand to make them: a state of today's is given an option that
 * went long ago, as one of long ago would have it.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createImages } from './createImages.ts';
import { type PrivateLibvirt, startPrivateLibvirt } from './privateLibvirt.ts';
import { realTest } from './realTest.ts';
import { toldRefusalOf } from './target/startEach.ts';
import { tinyDomain } from './target/tinyDomain.ts';
import { checkJson, type JsonReport, outcomesOf } from './virtAudit.ts';

const kept = '-no-user-config';
/** Gone since 6.0, which every libvirt of these tests runs on. */
const gone = '-show-cursor';

const domainXml = (name: string): string => {
  const source = `<source file='/var/lib/libvirt/images/${name}.qcow2'/>`;
  const devices = `<disk type='file'><driver name='qemu' type='qcow2'/>${source}<target dev='vda' bus='virtio'/></disk>`;
  return tinyDomain(name, { devices, commandline: `<qemu:arg value='${kept}'/>` });
};

const redefine = async (libvirt: PrivateLibvirt, name: string, change: (xml: string) => string): Promise<void> => {
  const file = `/run/${name}.xml`;
  await writeFile(libvirt.path(file), change(await libvirt.virsh('snapshot-dumpxml', name, 'then')));
  await libvirt.virsh('snapshot-create', name, file, '--redefine');
};

/** In which part of the snapshot the option stands. */
const inPart = (part: 'domain' | 'inactiveDomain') => (xml: string) =>
  xml.replace(new RegExp(`<${part} [\\s\\S]*</${part}>`), (found) => found.replace(kept, gone));

const states: Readonly<Record<string, (libvirt: PrivateLibvirt, name: string) => Promise<unknown>>> = {
  saved: async (libvirt, name) => {
    await libvirt.start(name);
    await libvirt.virsh('managedsave', name);
    const xml = await libvirt.virsh('managedsave-dumpxml', name);
    await writeFile(libvirt.path('/run/saved.xml'), xml.replace(kept, gone));
    await libvirt.virsh('managedsave-define', name, '/run/saved.xml');
  },
  running: async (libvirt, name) => {
    await libvirt.start(name);
    await libvirt.virsh('snapshot-create-as', name, 'then');
    await libvirt.destroy(name);
    await redefine(libvirt, name, inPart('domain'));
  },
  definition: async (libvirt, name) => {
    await libvirt.start(name);
    await libvirt.virsh('snapshot-create-as', name, 'then');
    await libvirt.destroy(name);
    await redefine(libvirt, name, inPart('inactiveDomain'));
  },
  shutoff: async (libvirt, name) => {
    await libvirt.virsh('snapshot-create-as', name, 'then');
    await redefine(libvirt, name, inPart('domain'));
  },
  kept: async (libvirt, name) => {
    await libvirt.start(name);
    await libvirt.virsh('snapshot-create-as', name, 'then');
    await libvirt.virsh('managedsave', name);
  },
};

const obstacles = ({ findings }: JsonReport, rule: string, name: string): unknown =>
  findings
    .filter((finding) => finding.rule === rule && finding.target.name === name)
    .flatMap(({ violations = [] }) => violations.flatMap(({ actual }) => actual));

realTest(
  'a saved state, or a snapshot, that asks for what QEMU has no more is found, and QEMU refuses it',
  ['privateLibvirt'],
  async () => {
    await using libvirt = await startPrivateLibvirt();
    for (const [name, leave] of Object.entries(states)) {
      await createImages(libvirt, domainXml(name));
      await libvirt.define(domainXml(name));
      await leave(libvirt, name);
    }
    const { report } = await checkJson(libvirt.run, ['--target-qemu', '6.0', '--tag', 'upgrade']);
    const [save, snapshots] = ['managed-save-kept-by-qemu', 'snapshots-kept-by-qemu'];
    for (const name of Object.keys(states)) {
      assert.deepEqual(outcomesOf(report, 'qemu-arguments-kept-by-qemu', name), { config: 'pass' }, name);
    }
    const why = `${gone} is gone since QEMU 6.0`;
    assert.deepEqual(obstacles(report, save, 'saved'), [why]);
    assert.deepEqual(obstacles(report, snapshots, 'running'), [why]);
    assert.deepEqual(obstacles(report, snapshots, 'definition'), [`in the definition that comes back: ${why}`]);
    assert.deepEqual(obstacles(report, snapshots, 'shutoff'), [why]);
    for (const rule of [save, snapshots]) assert.deepEqual(outcomesOf(report, rule, 'kept'), { config: 'pass' }, rule);

    const refused = /-show-cursor: invalid option/;
    assert.match((await toldRefusalOf(() => libvirt.start('saved'))) ?? '', refused);
    assert.match((await toldRefusalOf(() => libvirt.virsh('snapshot-revert', 'running', 'then'))) ?? '', refused);
    // These two succeed, and leave a domain that does not start.
    for (const name of ['definition', 'shutoff']) {
      await libvirt.virsh('snapshot-revert', name, 'then');
      await libvirt.destroy(name).catch(() => undefined);
      assert.match((await toldRefusalOf(() => libvirt.start(name))) ?? '', refused, name);
    }
    await libvirt.start('kept');
  },
);
