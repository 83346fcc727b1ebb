import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { summarize } from '../../src/engine/summarize.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Subject } from '../../src/model/subject.ts';
import { domain, failing } from './subject.ts';

const nothing = {
  outcomes: { pass: 0, fail: 0, error: 0, notapplicable: 0 },
  failures: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
  waived: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
  domains: { running: 0, paused: 0, shutoff: 0, crashed: 0, other: 0 },
  unaudited: { timeout: 0, denied: 0, parse: 0, error: 0 },
  complete: true,
};

const answered = { name: 'libvirt', ok: true, seconds: 1 };
const { rule, severity, target } = failing({});
const judged = { rule, severity, target };
const subject = (name: string, about: Partial<Subject>): Subject => ({
  ...domain({}),
  target: { kind: 'domain', name },
  ...about,
});

test('every key is there, also where nothing is', () => assert.deepEqual(summarize([], [], []), nothing));

test('counts outcomes, and of the failures the severities', () => {
  const findings: Finding[] = [
    failing({ severity: 'critical' }),
    failing({ severity: 'low' }),
    failing({ severity: 'low' }),
    { ...judged, outcome: 'pass' },
    { ...judged, outcome: 'notapplicable' },
  ];
  assert.deepEqual(summarize([], findings, [answered]), {
    ...nothing,
    outcomes: { pass: 1, fail: 3, error: 0, notapplicable: 1 },
    failures: { ...nothing.failures, critical: 1, low: 2 },
  });
});

describe('incomplete is', () => {
  test('a source that failed', () => {
    const failed = { name: 'host', ok: false, seconds: 1, reason: 'EIO' };
    assert.deepEqual(summarize([], [], [answered, failed]), { ...nothing, complete: false });
  });
  test('a rule that could not be judged', () => {
    const findings: Finding[] = [{ ...judged, outcome: 'error', reason: 'no state' }];
    const outcomes = { ...nothing.outcomes, error: 1 };
    assert.deepEqual(summarize([], findings, [answered]), { ...nothing, outcomes, complete: false });
  });
  test('a definition that was not audited, even if no rule looked at it', () => {
    const summary = summarize([subject('web', { unaudited: 'parse', state: 'other' })], [], [answered]);
    assert.deepEqual(summary, {
      ...nothing,
      domains: { ...nothing.domains, other: 1 },
      unaudited: { ...nothing.unaudited, parse: 1 },
      complete: false,
    });
  });
  test('never a mere failing finding', () => assert.equal(summarize([], [failing({})], [answered]).complete, true));
});

describe('domains are counted once', () => {
  const states = (...subjects: Subject[]) =>
    Object.entries(summarize(subjects, [], []).domains).filter(([, count]) => count > 0);
  const live = { definition: 'live', state: 'running' } as const;
  const config = { definition: 'config', state: 'shutoff' } as const;
  test('however many definitions they have', () => {
    assert.deepEqual(states(subject('web', live), subject('web', { ...config, state: 'running' })), [['running', 1]]);
  });
  test('as running where a file of each definition was given, whichever came first', () => {
    assert.deepEqual(states(subject('web', config), subject('web', live)), [['running', 1]]);
    assert.deepEqual(states(subject('web', live), subject('web', config)), [['running', 1]]);
  });
  test('by uuid, where two share a name', () => {
    const named = (uuid: string) => subject('', { target: { kind: 'domain', name: 'web', uuid } });
    assert.deepEqual(states(named('1'), named('2')), [['shutoff', 2]]);
  });
  test('and the host is none', () => {
    assert.deepEqual(states({ target: { kind: 'host', name: 'kvm1' }, facts: {}, unknown: [] }), []);
  });
});
