import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applies, type Judgement, judge } from '../../src/engine/judge.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Unknown } from '../../src/model/subject.ts';
import { clause, rule } from './clause.ts';
import { domain } from './subject.ts';

const not = (at: string, reason = `${at} could not be read`): Unknown => ({ at, reason });

const cases: readonly {
  name: string;
  touches: readonly string[];
  broken: readonly string[];
  unknown: readonly Unknown[];
  verdict: 'holds' | readonly string[] | { unknown: string };
}[] = [
  { name: 'nothing broken, nothing unknown', touches: ['/a'], broken: [], unknown: [], verdict: 'holds' },
  { name: 'broken, nothing unknown', touches: ['/a'], broken: ['/a'], unknown: [], verdict: ['/a'] },
  {
    name: 'an unknown place that is read',
    touches: ['/a', '/b'],
    broken: [],
    unknown: [not('/b', 'b: permission denied')],
    verdict: { unknown: 'b: permission denied' },
  },
  {
    name: 'a place inside an unknown one is read',
    touches: ['/host/qemu/user'],
    broken: [],
    unknown: [not('/host/qemu', 'qemu.conf: EIO')],
    verdict: { unknown: 'qemu.conf: EIO' },
  },
  { name: 'an unknown place that nobody reads', touches: ['/a'], broken: [], unknown: [not('/b')], verdict: 'holds' },
  {
    name: 'a name that begins like the unknown one',
    touches: ['/hostname'],
    broken: [],
    unknown: [not('/host')],
    verdict: 'holds',
  },
  {
    name: 'broken at the unknown place: the unknown wins',
    touches: ['/a'],
    broken: ['/a'],
    unknown: [not('/a', 'no a')],
    verdict: { unknown: 'no a' },
  },
  {
    name: 'broken above the unknown place: the unknown may mend it',
    touches: ['/list', '/list/*/state'],
    broken: ['/list'],
    unknown: [not('/list/0/state', 'no state')],
    verdict: { unknown: 'no state' },
  },
  {
    name: 'broken elsewhere too: that violation stands anyway',
    touches: ['/a', '/b'],
    broken: ['/a', '/b'],
    unknown: [not('/a')],
    verdict: ['/b'],
  },
  {
    name: 'an item of a list that is read as a whole',
    touches: ['/sockets/*/denied'],
    broken: [],
    unknown: [not('/sockets/3/denied', 'policy not understood')],
    verdict: { unknown: 'policy not understood' },
  },
  {
    name: 'another member of the items',
    touches: ['/sockets/*/bytes'],
    broken: [],
    unknown: [not('/sockets/3/denied')],
    verdict: 'holds',
  },
  {
    name: 'everything unknown',
    touches: ['/domain/@type'],
    broken: ['/domain/@type'],
    unknown: [not('', 'not parsed')],
    verdict: { unknown: 'not parsed' },
  },
  {
    name: 'several unknown places: each reason once, in order',
    touches: ['/a', '/b', '/c'],
    broken: [],
    unknown: [not('/a', 'first'), not('/b', 'second'), not('/c', 'first'), not('/d', 'not read')],
    verdict: { unknown: 'first; second' },
  },
  {
    name: 'a violation beside an unknown place that the clause does not read is reported like any other',
    touches: ['/sockets', '/state'],
    broken: ['/sockets', '/state'],
    unknown: [not('/sockets/0/denied')],
    verdict: ['/sockets', '/state'],
  },
];

const told = (judgement: Judgement): (typeof cases)[number]['verdict'] => {
  switch (judgement.kind) {
    case 'holds':
      return 'holds';
    case 'broken':
      return judgement.violations.map(({ at }) => at);
    case 'unknown':
      return { unknown: judgement.reason };
  }
};

describe('a clause on a subject that is partly unknown', () => {
  for (const { name, touches, broken, unknown, verdict } of cases) {
    test(name, () => assert.deepEqual(told(judge(clause(touches, broken), domain({}, unknown))), verdict));
  }
});

test('a violation that an unknown condition brought about does not stand anyway', () => {
  const { assert: clauseOfRule } = rule({
    assert: {
      if: { has: { '/agent/inLive': { const: true } } },
      then: { has: { '/state': { const: 'running' } } },
      else: { has: { '/state': { const: 'shutoff' } } },
    },
  });
  const subject = domain({ state: 'running' }, [not('/agent/inLive', 'nobody knows')]);
  assert.deepEqual(told(judge(clauseOfRule, subject)), { unknown: 'nobody knows' });
});

describe('what is wanted is what an unknown place says', () => {
  const wanted: readonly { clause: JsonObject; place: string }[] = [
    { clause: { has: { '/owner': { not: { const: { $data: '/host/user' } } } } }, place: '/host/user' },
    { clause: { has: { '/owner': { const: { $data: '/host/guess' } } } }, place: '/host/guess' },
    { clause: { has: { '/owner': { enum: { $data: '/host/users' } } } }, place: '/host/users' },
    { clause: { has: { '/owner': { enum: { $data: '/host/users' } } } }, place: '/host/users/1' },
    { clause: { has: { '/host/users': { not: { const: ['root', 'web'] } } } }, place: '/host/users/1' },
  ];
  const facts = { owner: 'web', host: { guess: 'root', users: ['root', null] } };
  for (const { clause, place } of wanted) {
    test(`${JSON.stringify(clause)}, ${place} unknown`, () => {
      const subject = domain(facts, [not(place, 'nobody knows')]);
      assert.deepEqual(told(judge(rule({ assert: clause }).assert, subject)), { unknown: 'nobody knows' });
      // Nor is it the reason that a rule does not apply.
      assert.deepEqual(applies(rule({ assert: clause }).assert, subject), { kind: 'unknown', reason: 'nobody knows' });
    });
  }

  test('of what only has to be there, what is inside may be unknown', () => {
    const { assert: clauseOfRule } = rule({ assert: { has: { '/host/users': { type: 'array', minItems: 1 } } } });
    assert.equal(told(judge(clauseOfRule, domain(facts, [not('/host/users/1')]))), 'holds');
  });
});
