import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareFindings, newFindings } from '../../src/engine/compareFindings.ts';
import type { Finding } from '../../src/model/finding.ts';
import { failing } from './subject.ts';

const target = { kind: 'domain' as const, name: 'web', uuid: '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01' };
const passing: Finding = { rule: 'domain-state-known', severity: 'high', target, definition: 'live', outcome: 'pass' };
const unjudged: Finding = { ...passing, outcome: 'error', reason: 'unreadable' };
const fails = failing({ target });
const at = (...places: string[]): Finding => ({
  ...fails,
  ...{ outcome: 'fail', violations: places.map((place) => ({ at: place, message: 'expected "x"', actual: 'y' })) },
});

const cases: readonly { name: string; before: readonly Finding[]; after: readonly Finding[]; kinds: string[] }[] = [
  { name: 'the same', before: [fails], after: [fails], kinds: ['unchanged'] },
  { name: 'it did not fail before', before: [passing], after: [fails], kinds: ['new'] },
  { name: 'it was not there before', before: [], after: [fails], kinds: ['new'] },
  { name: 'it passes now', before: [fails], after: [passing], kinds: ['fixed'] },
  {
    name: 'it does not apply now',
    before: [fails],
    after: [{ ...passing, outcome: 'notapplicable' }],
    kinds: ['fixed'],
  },
  { name: 'the domain is gone: that is no mending', before: [fails], after: [], kinds: ['gone'] },
  { name: 'it can’t be judged now: that is no mending', before: [fails], after: [unjudged], kinds: ['new', 'gone'] },
  { name: 'another severity', before: [fails], after: [{ ...fails, severity: 'low' }], kinds: ['changed'] },
  {
    name: 'another value',
    before: [at('/a')],
    after: [{ ...at('/a'), violations: [{ at: '/a', message: 'expected "x"', actual: 'z' }] } as Finding],
    kinds: ['changed'],
  },
  { name: 'place by place', before: [at('/a', '/b')], after: [at('/b', '/c')], kinds: ['new', 'fixed', 'unchanged'] },
  {
    name: 'a domain that was renamed is the same',
    before: [fails],
    after: [{ ...fails, target: { ...target, name: 'www' } }],
    kinds: ['unchanged'],
  },
  {
    name: 'live and config are apart',
    before: [fails],
    after: [{ ...fails, definition: 'config' }],
    kinds: ['new', 'gone'],
  },
  {
    name: 'waived now',
    before: [fails],
    after: [{ ...fails, waiver: { rule: 'x', reason: 'accepted', permanent: true } } as Finding],
    kinds: ['changed'],
  },
];

describe('what changed', () => {
  for (const { name, before, after, kinds } of cases) {
    test(name, () =>
      assert.deepEqual(
        compareFindings(before, after).map(({ kind }) => kind),
        kinds,
      ),
    );
  }
  test('another host of another name is the host', () => {
    const host = (name: string) => failing({ target: { kind: 'host', name } });
    assert.deepEqual(
      compareFindings([host('a')], [host('b')]).map(({ kind }) => kind),
      ['unchanged'],
    );
  });
});

test('what is new of a report: errors stay, known places go', () => {
  assert.deepEqual(newFindings([at('/a')], [at('/a', '/b'), unjudged, passing]), [at('/b'), unjudged, passing]);
  assert.deepEqual(newFindings([at('/a')], [at('/a')]), []);
  assert.deepEqual(newFindings([unjudged], [fails]), [fails]);
});

describe('what of it was known', () => {
  const waived = { ...fails, waiver: { rule: 'x', reason: 'accepted', expires: '2026-01-01' } } as Finding;
  const graver: Finding = { ...fails, severity: 'critical' };
  for (const [name, before, after, isNew] of [
    ['its waiver is gone', waived, fails, true],
    ['it is waived still', waived, waived, true],
    ['it has been waived since', fails, waived, false],
    ['it has become graver', fails, graver, true],
    ['it has become less grave', graver, fails, false],
  ] as const)
    test(name, () => assert.deepEqual(newFindings([before], [after]), isNew ? [after] : []));
});
