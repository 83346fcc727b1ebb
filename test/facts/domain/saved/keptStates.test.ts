import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { keptStates } from '../../../../src/facts/domain/saved/keptStates.ts';
import { createHostTree } from '../../../../src/facts/host/hostTree.ts';
import { directory, file } from '../../host/documents.ts';

const state = '/var/lib/libvirt/qemu';
const path = `${state}/snapshot/web/s.xml`;
const domain = (title: string, element = 'domain') => `<${element} type='kvm'><title>${title}</title></${element}>`;

const snapshotOf = (inside: string) => {
  const text = `<domainsnapshot><name>s</name>${inside}</domainsnapshot>`;
  const [snapshot] = keptStates('web', createHostTree([directory(state), file(path, text)])).snapshots;
  assert.ok(snapshot !== undefined);
  return snapshot;
};

const titlesIn = (inside: string) =>
  snapshotOf(inside).domains.map(({ domain, isDefinition }) => [domain.title, isDefinition]);

describe('what a revert goes on with', () => {
  const [live, definition] = [domain('live'), domain('definition', 'inactiveDomain')];
  test('of a guest that ran, both', () =>
    assert.deepEqual(titlesIn(`<memory snapshot='external' file='/srv/m'/>${live}${definition}`), [
      ['live', false],
      ['definition', true],
    ]));
  test('of the disks of a guest that ran, only the definition', () =>
    assert.deepEqual(titlesIn(`<state>disk-snapshot</state><memory snapshot='no'/>${live}${definition}`), [
      ['definition', false],
    ]));
  test('of a domain that did not run, the one that there is', () =>
    assert.deepEqual(titlesIn(`<state>shutoff</state><memory snapshot='no'/>${live}`), [['live', false]]));
});

describe('where a snapshot’s memory is', () => {
  for (const [inside, memory] of [
    ["<memory snapshot='external' file='/srv/m'/>", 'external'],
    ["<memory file='/srv/m'/>", 'external'],
    ['<state>running</state>', 'internal'],
    ['<state>paused</state>', 'internal'],
    ['<state>shutoff</state>', 'no'],
    ['<state>disk-snapshot</state>', 'no'],
    ["<state>running</state><memory snapshot='no'/>", 'no'],
  ] as const) {
    test(inside, () => assert.equal(snapshotOf(inside + domain('a')).memory, memory));
  }
});

describe('of what was not kept as a domain nothing is known', () => {
  for (const [inside, why] of [
    ['', /s\.xml: no domain was kept with it$/],
    ['<domain>text</domain>', /s\.xml: what was kept with it is no domain$/],
    [`<memory snapshot='internal'/>${domain('a')}${domain('b')}`, /is no domain$/],
    [`<memory snapshot='internal'/>${domain('a')}<inactiveDomain/>`, /is no domain$/],
    ["<memory snapshot='internal'/><inactiveDomain type='kvm'/>", /no domain was kept/],
  ] as const) {
    test(inside, () => assert.match(snapshotOf(inside).unknown ?? '', why));
  }
  test('a saved state without a type', () => {
    const tree = createHostTree([
      directory(state),
      file(`${state}/save/web.save`, '<domain><name>web</name></domain>'),
    ]);
    const { managedSave } = keptStates('web', tree);
    assert.deepEqual(managedSave?.domains, []);
    assert.match(managedSave?.unknown ?? '', /web\.save: .*virsh managedsave-dumpxml web$/);
  });
});
