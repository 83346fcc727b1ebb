import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sharedPaths } from '../../../src/facts/domain/channels/sharedPaths.ts';
import { diskFacts } from '../../../src/facts/domain/disks/diskFacts.ts';
import { sharedDisks } from '../../../src/facts/domain/disks/sharedDisks.ts';
import { storageView } from '../../../src/facts/domain/disks/storageView.ts';
import { interfaceFacts } from '../../../src/facts/domain/interfaceFacts.ts';
import { fewOf, maxNamed } from '../../../src/facts/domain/users.ts';
import { createHostTree } from '../../../src/facts/host/hostTree.ts';
import { channel, parsed } from './domainXml.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `vm${1000 + index}`);

describe('names', () => {
  test('none', () => assert.deepEqual(fewOf([]), []));
  test('a few', () => assert.deepEqual(fewOf(names(maxNamed)), names(maxNamed)));
  test('one more', () => assert.deepEqual(fewOf(names(maxNamed + 1)), [...names(maxNamed), 'and 1 more']));
});

test('of many domains that have one disk, address and socket, each is told a few others', () => {
  const devices =
    "<disk type='file'><source file='/a'/></disk>" +
    "<interface type='bridge'><mac address='52:54:00:aa:00:01'/></interface>" +
    channel({ path: '/srv/a', name: 'a' });
  const domains = names(100).map((called) => parsed(devices, { called, id: called }));
  const [asking] = domains;
  assert.ok(asking);
  const expected = [...names(maxNamed + 1).slice(1), 'and 89 more'];
  const sharers = sharedDisks(domains, storageView(createHostTree([])));
  const { facts } = diskFacts(asking, createHostTree([]), { of: (source) => sharers(source, asking) });
  assert.deepEqual((facts.disks as { sharedWith?: string[] }[])[0]?.sharedWith, expected);
  assert.deepEqual(sharedPaths(domains)('/srv/a', asking), expected);
  assert.deepEqual(interfaceFacts(domains)(asking).facts, [
    { interface: 0, mac: '52:54:00:aa:00:01', sharedWith: expected },
  ]);
});
