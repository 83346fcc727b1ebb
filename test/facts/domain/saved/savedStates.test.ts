import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { keptStates } from '../../../../src/facts/domain/saved/keptStates.ts';
import { savedStates } from '../../../../src/facts/domain/saved/savedStates.ts';
import { hostFacts } from '../../../../src/facts/host/hostFacts.ts';
import type { Document } from '../../../../src/model/document.ts';
import { directory, file, unreadable } from '../../host/documents.ts';

const state = '/var/lib/libvirt/qemu';
const learn = (...documents: Document[]) => {
  const { tree, capabilities } = hostFacts(documents, [], []);
  return savedStates(keptStates('web', tree), capabilities);
};
const unknown = (...documents: Document[]) => learn(...documents).unknown.map(({ at }) => at);

const capabilities: Document = {
  kind: 'capabilities',
  origin: 'x',
  text: `<capabilities><host/><guest><os_type>hvm</os_type><arch name='x86_64'><machine>pc-q35-7.2</machine>
    <domain type='kvm'/></arch></guest></capabilities>`,
};
const snapshot = (inner: string, machine?: string) => {
  const os = `<os><type arch='x86_64' machine='${machine}'>hvm</type></os>`;
  const domain = machine === undefined ? '' : `<domain type='kvm'>${os}</domain>`;
  return file(
    `${state}/snapshot/web/s.xml`,
    `<!-- generated -->\n<domainsnapshot><name>s</name>${inner}${domain}</domainsnapshot>`,
  );
};

describe('a saved domain', () => {
  test('saved', () => assert.equal(learn(directory(state), file(`${state}/save/web.save`, '')).facts.saved, true));
  test('another one saved', () =>
    assert.equal(learn(directory(state), file(`${state}/save/db.save`, '')).facts.saved, false));
  test('nobody saved', () => assert.equal(learn(directory(state)).facts.saved, false));
  test('the folder is there and empty', () => assert.equal(learn(directory(`${state}/save`)).facts.saved, false));
  test('the folder may not be read', () =>
    assert.deepEqual(unknown(directory(state), unreadable(`${state}/save`)), ['/saved']));
  test('libvirt’s own folder may not be entered', () =>
    assert.deepEqual(unknown(unreadable(state)), ['/saved', '/snapshots']));
  test('not a host', () => assert.deepEqual(unknown(), ['/saved', '/snapshots']));
});

describe('snapshots', () => {
  const cases: readonly { name: string; documents: readonly Document[]; facts: object }[] = [
    {
      name: 'with memory inside the image, of a machine that is there',
      documents: [capabilities, snapshot("<memory snapshot='internal'/>", 'pc-q35-7.2')],
      facts: { name: 's', memory: 'internal', internal: true, machine: 'pc-q35-7.2', machineKnown: true },
    },
    {
      name: 'with memory in a file, of a machine that is gone',
      documents: [capabilities, snapshot("<memory snapshot='external'/>", 'pc-1.0')],
      facts: { name: 's', memory: 'external', internal: false, machine: 'pc-1.0', machineKnown: false },
    },
    {
      name: 'of a guest that ran, by a libvirt that did not say where its memory is',
      documents: [capabilities, snapshot('<state>running</state>', 'pc-1.0')],
      facts: { name: 's', memory: 'internal', internal: true, machine: 'pc-1.0', machineKnown: false },
    },
    {
      name: 'a disk inside the image',
      documents: [
        snapshot(
          "<memory snapshot='no'/><disks><disk name='vda' snapshot='external'/><disk name='vdb' snapshot='internal'/></disks>",
        ),
      ],
      facts: { name: 's', memory: 'no', internal: true },
    },
  ];
  for (const { name, documents, facts } of cases) {
    test(name, () => {
      const learnt = learn(directory(state), ...documents);
      assert.deepEqual(learnt.facts.snapshots, [facts]);
      assert.deepEqual(learnt.unknown, []);
    });
  }
  test('none', () => assert.deepEqual(learn(directory(state)).facts.snapshots, []));
  test('another domain’s', () => {
    const other = file(`${state}/snapshot/db/s.xml`, '<domainsnapshot/>');
    assert.deepEqual(learn(directory(state), other).facts.snapshots, []);
  });
  test('without the daemon’s capabilities', () =>
    assert.deepEqual(unknown(directory(state), snapshot("<memory snapshot='internal'/>", 'pc')), [
      '/snapshots/0/machineKnown',
    ]));
  test('with memory but without a machine type', () =>
    assert.deepEqual(unknown(directory(state), capabilities, snapshot("<memory snapshot='internal'/>")), [
      '/snapshots/0/machineKnown',
    ]));
  for (const broken of [
    file(`${state}/snapshot/web/s.xml`, '<domainsnapshot>'),
    unreadable(`${state}/snapshot/web/s.xml`),
  ]) {
    test(`a description that is ${broken.kind === 'file' ? 'cut off' : 'unreadable'}`, () =>
      assert.deepEqual(unknown(directory(state), broken), ['/snapshots']));
  }
});
