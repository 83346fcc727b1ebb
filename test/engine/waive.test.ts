import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { waive } from '../../src/engine/waive.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Waiver } from '../../src/model/waiver.ts';
import { failing } from './subject.ts';

const uuid = '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01';
const on = (name: string, id?: string): Finding =>
  failing({ rule: 'a', target: { kind: 'domain', name, ...(id === undefined ? {} : { uuid: id }) } });

const accept: Waiver = { rule: 'a', domains: ['web'], reason: 'accepted by the owner', expires: '2026-12-31' };

const covered = (waiver: Waiver, findings: readonly Finding[], today = '2026-12-01') =>
  waive(findings, [waiver], today).findings.map((finding) => 'waiver' in finding);

const places: readonly { name: string; domains: string[]; finding: Finding; covers: boolean }[] = [
  { name: 'a name', domains: ['web'], finding: on('web'), covers: true },
  { name: 'a name is anchored at its end', domains: ['web'], finding: on('web2'), covers: false },
  { name: 'a name is anchored at its start', domains: ['web'], finding: on('my-web'), covers: false },
  { name: 'a glob', domains: ['test-*'], finding: on('test-17'), covers: true },
  { name: 'a glob is anchored', domains: ['test-*'], finding: on('my-test-17'), covers: false },
  { name: 'one character', domains: ['web?'], finding: on('web1'), covers: true },
  { name: 'one character is not none', domains: ['web?'], finding: on('web'), covers: false },
  { name: 'what a regular expression would take otherwise', domains: ['w.b'], finding: on('web'), covers: false },
  { name: 'an escaped star', domains: ['w\\*b'], finding: on('w*b'), covers: true },
  { name: 'an escaped star is no glob', domains: ['w\\*b'], finding: on('web'), covers: false },
  { name: 'a uuid, however it is written', domains: [uuid.toUpperCase()], finding: on('x', uuid), covers: true },
  { name: 'another uuid', domains: [uuid.replace('5', '6')], finding: on('x', uuid), covers: false },
];

describe('which domains a waiver covers', () => {
  for (const { name, domains, finding, covers } of places)
    test(name, () => assert.deepEqual(covered({ ...accept, domains }, [finding]), [covers]));
  test('not the host', () => {
    const host = failing({ rule: 'a', target: { kind: 'host', name: 'web' } });
    assert.deepEqual(covered(accept, [host]), [false]);
    const { domains: _, ...about } = accept;
    assert.deepEqual(covered(about, [host, on('web')]), [true, false]);
  });
});

describe('when', () => {
  for (const [today, covers] of [
    ['2026-12-30', true],
    ['2026-12-31', true],
    ['2027-01-01', false],
  ] as const)
    test(`on ${today}`, () => assert.deepEqual(covered(accept, [on('web')], today), [covers]));
  test('a permanent one holds for ever', () => {
    const { expires: _, ...rest } = accept;
    assert.deepEqual(covered({ ...rest, permanent: true }, [on('web')], '9999-12-31'), [true]);
  });
});

test('only failures, only of its rule, and nothing else changes', () => {
  const other = failing({ rule: 'b', target: { kind: 'domain', name: 'web' } });
  const target = { kind: 'domain' as const, name: 'web' };
  const error: Finding = { rule: 'a', severity: 'low', target, outcome: 'error', reason: 'unreadable' };
  const passed: Finding = { rule: 'a', severity: 'low', target, outcome: 'pass' };
  const { findings } = waive([other, error, passed, on('web')], [accept], '2026-12-01');
  assert.deepEqual(findings, [other, error, passed, { ...on('web'), waiver: accept }]);
});

test('says what became of each waiver', () => {
  const unused = { ...accept, domains: ['well'] };
  const well: Finding = { rule: 'a', severity: 'low', target: { kind: 'domain', name: 'well' }, outcome: 'pass' };
  const expired = { ...accept, expires: '2025-01-01' };
  const { waivers } = waive([on('web'), on('web'), well], [expired, accept, unused], '2026-12-01');
  assert.deepEqual(
    waivers.map(({ state, findings }) => [state, findings]),
    [
      ['expired', 0],
      ['active', 2],
      ['unused', 0],
    ],
  );
});

describe('what is said of a waiver that covers nothing', () => {
  const target = { kind: 'domain' as const, name: 'web' };
  const passed: Finding = { rule: 'a', severity: 'low', target, outcome: 'pass' };
  const error: Finding = { rule: 'a', severity: 'low', target, outcome: 'error', reason: 'unreadable' };
  const { domains: _, ...ofHost } = accept;
  const host: Finding = { ...passed, target: { kind: 'host', name: 'web' } };
  const cases: readonly { name: string; findings: Finding[]; waiver?: Waiver; known?: boolean; state: string }[] = [
    { name: 'nothing there fails', findings: [passed], state: 'unused' },
    { name: 'it does not apply there', findings: [{ ...passed, outcome: 'notapplicable' }], state: 'unused' },
    { name: 'it could not be judged', findings: [error], state: 'unjudged' },
    { name: 'one definition could not be judged', findings: [passed, error], state: 'unjudged' },
    { name: 'no such domain', findings: [{ ...passed, target: { ...target, name: 'db' } }], state: 'unmatched' },
    { name: 'another rule', findings: [{ ...passed, rule: 'b' }], state: 'unmatched' },
    { name: 'not all domains are known', findings: [], known: false, state: 'unjudged' },
    { name: 'all that it names is known, if not all domains', findings: [passed], known: false, state: 'unused' },
    {
      name: 'a domain of no name may be meant, too',
      findings: [passed],
      waiver: { ...accept, domains: ['w*'] },
      known: false,
      state: 'unjudged',
    },
    { name: 'there is but one host', findings: [host], waiver: ofHost, known: false, state: 'unused' },
  ];
  for (const { name, findings, waiver = accept, known = true, state } of cases)
    test(name, () => assert.equal(waive(findings, [waiver], '2026-12-01', known).waivers[0]?.state, state));
});
