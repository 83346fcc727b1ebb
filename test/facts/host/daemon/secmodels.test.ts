import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { secmodels } from '../../../../src/facts/host/daemon/secmodels.ts';
import type { Document } from '../../../../src/model/document.ts';
import type { JsonObject } from '../../../../src/model/json.ts';

const capabilities = (inner: string): Document => ({
  kind: 'capabilities',
  origin: 'qemu:///system',
  text: `<capabilities><host>${inner}</host></capabilities>`,
});

const labelled: JsonObject = { seclabel: [{ '@model': 'dac' }, { '@model': 'apparmor' }] };

const cases: readonly { name: string; documents: readonly Document[]; live: readonly JsonObject[]; known: object }[] = [
  {
    name: 'the daemon names several',
    documents: [
      capabilities('<secmodel><model>apparmor</model><doi>0</doi></secmodel><secmodel><model>dac</model></secmodel>'),
    ],
    live: [],
    known: { models: ['apparmor', 'dac'] },
  },
  {
    name: 'the daemon names none: that is an answer',
    documents: [capabilities('')],
    live: [labelled],
    known: { models: [] },
  },
  { name: 'a secmodel without model', documents: [capabilities('<secmodel/>')], live: [], known: { models: [''] } },
  { name: 'a running domain bears a label', documents: [], live: [{}, labelled], known: { models: ['apparmor'] } },
  {
    name: 'nobody says',
    documents: [],
    live: [{ seclabel: [{ '@model': 'dac' }] }],
    known: { unknown: 'the daemon’s capabilities were not read; virsh capabilities tells its security driver' },
  },
];

describe('the daemon’s security drivers', () => {
  for (const { name, documents, live, known } of cases) {
    test(name, () => assert.deepEqual(secmodels(documents, live), known));
  }
  test('capabilities that are cut off are unknown, whatever the domains say', () => {
    const cut: Document = { kind: 'capabilities', origin: 'qemu:///system', text: '<capabilities><host>' };
    const known = secmodels([cut], [labelled]);
    assert.match('unknown' in known ? known.unknown : '', /^qemu:\/\/\/system: capabilities: ./);
  });
});
