import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../src/model/json.ts';
import { mutants } from '../../src/ruleset/mutants.ts';

const cases: readonly { name: string; clause: JsonObject; expected: readonly JsonObject[] }[] = [
  {
    name: 'a place with a value',
    clause: { has: { '/a': { const: 1 } } },
    expected: [{}, { has: { '/a': {} } }, { has: { '/a': { not: { const: 1 } } } }],
  },
  {
    name: 'one of two places at a time',
    clause: { has: { '/a': {}, '/b': {} } },
    expected: [{ has: { '/b': {} } }, { has: { '/a': {} } }],
  },
  { name: 'absent places', clause: { lacks: ['/a', '/b'] }, expected: [{ lacks: ['/b'] }, { lacks: ['/a'] }] },
  {
    name: 'choices',
    clause: { anyOf: [{ const: 1 }, { const: 2 }] },
    expected: [
      { anyOf: [{ const: 2 }] },
      { anyOf: [{}, { const: 2 }] },
      { anyOf: [{ not: { const: 1 } }, { const: 2 }] },
      { anyOf: [{ const: 1 }] },
      { anyOf: [{ const: 1 }, {}] },
      { anyOf: [{ const: 1 }, { not: { const: 2 } }] },
    ],
  },
  {
    name: 'items with a condition',
    clause: { items: { if: { lacks: ['/a'] }, then: { lacks: ['/b'] } } },
    expected: [
      {},
      { items: {} },
      { items: { if: { not: { lacks: ['/a'] } }, then: { lacks: ['/b'] } } },
      { items: { if: {}, then: { lacks: ['/b'] } } },
      { items: { if: { lacks: ['/a'] }, then: {} } },
    ],
  },
  {
    name: 'a description, which is none',
    clause: { minLength: 1, description: 'some text' },
    expected: [{ description: 'some text' }, { not: { minLength: 1 }, description: 'some text' }],
  },
  {
    name: 'a number of items',
    clause: { contains: { const: 1 }, minContains: 0, maxContains: 1 },
    expected: [
      {},
      { contains: {}, minContains: 0, maxContains: 1 },
      { contains: { not: { const: 1 } }, minContains: 0, maxContains: 1 },
      { contains: { const: 1 }, maxContains: 1 },
      { contains: { const: 1 } },
    ],
  },
];

describe('every part of a clause is dropped or negated once', () => {
  for (const { name, clause, expected } of cases) {
    test(name, () =>
      assert.deepEqual(
        mutants(clause).map((mutant) => mutant.clause),
        expected,
      ),
    );
  }
});

test('a mutant says what was done where', () =>
  assert.deepEqual(
    mutants({ has: { '/a': { const: 1 } } }).map(({ name }) => name),
    ['assert.has./a dropped', 'assert.has./a.const dropped', 'assert.has./a.const negated'],
  ));
