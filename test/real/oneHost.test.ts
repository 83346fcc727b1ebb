/** What libvirt says of one host, by several of its interfaces, is taken for one host's. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { capabilitiesOf } from '../../src/facts/host/daemon/capabilities.ts';
import { domainCapabilitiesIn } from '../../src/facts/target/domainCapabilities.ts';
import { ofOneHost } from '../../src/facts/target/otherHost.ts';
import type { Document } from '../../src/model/document.ts';
import { targetFiles } from '../../src/sources/targetFiles.ts';
import { startPrivateLibvirt } from './privateLibvirt.ts';
import { realTest } from './realTest.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const machines = ['pc', 'q35', 'pc-q35-5.2', 'pc-i440fx-4.0', 'isapc', 'microvm'];

realTest('no answer of one libvirt contradicts another', ['privateLibvirt'], async () => {
  await using libvirt = await startPrivateLibvirt();
  const text = await libvirt.virsh('capabilities');
  const found = capabilitiesOf([{ kind: 'capabilities', origin: 'caps.xml', text }]);
  assert.ok('known' in found);
  const { known: capabilities } = found;
  const answers: Document[] = [];
  for (const arch of ['x86_64', 'i686']) {
    for (const type of capabilities.types(arch) ?? []) {
      for (const machine of machines) {
        const text = await libvirt.virsh('domcapabilities', '--arch', arch, '--virttype', type, '--machine', machine);
        answers.push({ kind: 'domcapabilities', origin: `${arch} ${type} ${machine}`, text });
      }
    }
  }
  const { known } = domainCapabilitiesIn(answers);
  assert.ok(known.length >= machines.length);
  assert.ok(known.every(({ cpuModels, maxCpus }) => cpuModels !== '' && maxCpus !== undefined));
  assert.deepEqual(ofOneHost(known, capabilities).strange, []);

  await libvirt.kill();
  await libvirt.restart();
  await using folder = await temporaryFolder();
  const [before, after] = [join(folder.path, 'before.xml'), join(folder.path, 'after.xml')];
  await writeFile(before, text);
  await writeFile(after, await libvirt.virsh('capabilities'));
  assert.equal(targetFiles([before, after]).documents.length, 2);
});
