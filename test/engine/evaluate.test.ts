import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluate } from '../../src/engine/evaluate.ts';
import type { Subject } from '../../src/model/subject.ts';
import { rule } from './clause.ts';
import { domain } from './subject.ts';

const running = rule({
  when: { has: { '/definition': { const: 'live' } } },
  assert: { has: { '/state': { const: 'running' } } },
});

const uuid = '5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01';
const judged = {
  rule: 'domain-state-known',
  severity: 'high',
  target: { kind: 'domain', name: 'web', uuid },
  definition: 'config',
};

const cases: readonly { name: string; subject: Subject; outcome: object }[] = [
  { name: 'passes', subject: domain({ definition: 'live', state: 'running' }), outcome: { outcome: 'pass' } },
  {
    name: 'fails',
    subject: domain({ definition: 'live', state: 'paused' }),
    outcome: {
      outcome: 'fail',
      violations: [{ at: '/state', message: 'expected "running"', actual: 'paused' }],
    },
  },
  {
    name: 'does not apply, whatever else is unknown',
    subject: domain({ definition: 'config' }, [{ at: '/state', reason: 'no state' }]),
    outcome: { outcome: 'notapplicable' },
  },
  {
    name: 'may apply or not: an error',
    subject: domain({ state: 'running' }, [{ at: '/definition', reason: 'no definition' }]),
    outcome: { outcome: 'error', reason: 'no definition' },
  },
  {
    name: 'applies, but can not be judged: an error',
    subject: domain({ definition: 'live' }, [{ at: '/state', reason: 'no state' }]),
    outcome: { outcome: 'error', reason: 'no state' },
  },
  {
    name: 'of an unaudited domain nothing can be said',
    subject: { ...domain({}, [{ at: '', reason: 'not well-formed' }]), unaudited: 'parse' },
    outcome: { outcome: 'error', reason: 'not well-formed' },
  },
];

describe('one rule on one subject', () => {
  for (const { name, subject, outcome } of cases) {
    test(name, () => assert.deepEqual(evaluate([running], [subject]), [{ ...judged, ...outcome }]));
  }
});

test('a rule judges subjects of its own kind only, and a host has no definition', () => {
  const host: Subject = { target: { kind: 'host', name: 'kvm1' }, facts: {}, unknown: [] };
  const policy = rule({ assert: { lacks: ['/host/cloudstack'] } }, { id: 'host-plain', target: 'host' });
  assert.deepEqual(evaluate([running, policy], [host]), [
    { rule: 'host-plain', severity: 'high', target: { kind: 'host', name: 'kvm1' }, outcome: 'pass' },
  ]);
});

test('findings come in the order of the subjects, then of the rules', () => {
  const other = rule({ assert: { has: { '/state': {} } } }, { id: 'domain-state-there' });
  const subjects = [domain({ definition: 'live', state: 'running' }), domain({ definition: 'config', state: 'x' })];
  assert.deepEqual(
    evaluate([running, other], subjects).map((finding) => `${finding.rule} ${finding.outcome}`),
    [
      'domain-state-known pass',
      'domain-state-there pass',
      'domain-state-known notapplicable',
      'domain-state-there pass',
    ],
  );
});

test('a rule that breaks on a subject is an error there, and the others judge', () => {
  const facts = { a: { toString: 'x' }, state: 'running' };
  const breaks = rule({ assert: { has: { '/a': { const: { toString: 'y' } } } } });
  const [broken, other] = evaluate([breaks, rule({ assert: { has: { '/state': {} } } })], [domain(facts)]);
  assert.equal(broken?.outcome, 'error');
  assert.match(broken.reason, /^the rule broke on it: TypeError: .*toString/);
  assert.equal(other?.outcome, 'pass');
});
