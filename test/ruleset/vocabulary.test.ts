import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../src/model/json.ts';
import { violationsOf } from './ruleOf.ts';

interface Case {
  name: string;
  clause: JsonObject;
  holds: readonly JsonObject[];
  broken: readonly JsonObject[];
}

const list = (clause: JsonObject): JsonObject => ({ has: { '/list': clause } });

const cases: readonly Case[] = [
  {
    name: 'has demands that the value exists',
    clause: { has: { '/a': {} } },
    holds: [{ a: 1 }, { a: '' }, { a: null }, { a: false }, { a: [] }],
    broken: [{}, { b: 1 }],
  },
  {
    name: 'has reaches through objects, and through nothing else',
    clause: { has: { '/a/b/c': { const: 'x' } } },
    holds: [{ a: { b: { c: 'x' } } }],
    broken: [
      {},
      { a: {} },
      { a: 'x' },
      { a: null },
      { a: { b: 'c' } },
      { a: { b: { c: 'y' } } },
      { a: [{ b: { c: 'x' } }] },
    ],
  },
  {
    name: 'has wants all of its places',
    clause: { has: { '/a': {}, '/b': { const: 1 } } },
    holds: [{ a: 0, b: 1 }],
    broken: [{ a: 0 }, { b: 1 }, { a: 0, b: 2 }],
  },
  {
    name: 'has unescapes its pointers',
    clause: { has: { '/a~1b/~0': {} } },
    holds: [{ 'a/b': { '~': 1 } }],
    broken: [{ 'a~1b': { '~0': 1 } }],
  },
  {
    name: 'has finds nothing on the prototype',
    clause: { has: { '/constructor': {} } },
    holds: [{ constructor: 'own' }],
    broken: [{}],
  },
  {
    name: 'mayHave allows what is not there',
    clause: { mayHave: { '/a/b': { enum: ['x', 'y'] } } },
    holds: [{}, { a: {} }, { a: { b: 'x' } }, { a: { c: 'z' } }],
    broken: [{ a: { b: 'z' } }, { a: { b: 1 } }, { a: { b: null } }],
  },
  {
    name: 'lacks refuses whatever is there, and each of several',
    clause: { lacks: ['/a', '/b/c'] },
    holds: [{}, { b: {} }, { b: 'c' }, { c: 1 }],
    broken: [{ a: 1 }, { a: null }, { a: '' }, { b: { c: false } }, { a: 1, b: { c: 1 } }],
  },
  {
    name: 'uniqueBy compares one place of each item',
    clause: list({ uniqueBy: '/target/@name' }),
    holds: [
      { list: [] },
      { list: [{ target: { '@name': 'a' } }, { target: { '@name': 'b' } }] },
      { list: [{}, {}, { target: {} }, 'text', null] },
    ],
    broken: [{ list: [{ target: { '@name': 'a' } }, {}, { target: { '@name': 'a' } }] }],
  },
  {
    name: 'uniqueBy tells text from numbers, and compares what is nested',
    clause: list({ uniqueBy: '/id' }),
    holds: [{ list: [{ id: 1 }, { id: '1' }, { id: [1] }] }],
    broken: [{ list: [{ id: { a: [1] } }, { id: { a: [1] } }] }],
  },
  {
    name: 'uniqueBy does not mind in which order members were written',
    clause: list({ uniqueBy: '/id' }),
    holds: [],
    broken: [{ list: [{ id: { a: 1, b: 2 } }, { id: { b: 2, a: 1 } }] }],
  },
];

/** Values that a keyword for one type must not let pass. */
const wrongTypes: readonly { clause: JsonObject; never: JsonObject }[] = [
  { clause: { minLength: 1 }, never: { value: 7 } },
  { clause: { maxLength: 9 }, never: { value: [] } },
  { clause: { pattern: '.' }, never: { value: 7 } },
  { clause: { minimum: 1 }, never: { value: '2' } },
  { clause: { maximum: 9 }, never: { value: '2' } },
  { clause: { minItems: 1 }, never: { value: 'list' } },
  { clause: { maxItems: 9 }, never: { value: {} } },
  { clause: { items: { const: 'x' } }, never: { value: 'x' } },
  { clause: { contains: { const: 'x' }, minContains: 0, maxContains: 9 }, never: { value: 'x' } },
  { clause: { uniqueBy: '/a' }, never: { value: { a: 1 } } },
  { clause: { has: { '/a': {} } }, never: { value: ['a'] } },
  { clause: { mayHave: { '/a': { const: 1 } } }, never: { value: 'a' } },
  { clause: { lacks: ['/a'] }, never: { value: [] } },
];

for (const { name, clause, holds, broken } of cases) {
  describe(name, () => {
    for (const facts of holds) {
      test(`holds on ${JSON.stringify(facts)}`, () => assert.deepEqual(violationsOf(clause, facts), []));
    }
    for (const facts of broken) {
      test(`is broken on ${JSON.stringify(facts)}`, () => assert.notDeepEqual(violationsOf(clause, facts), []));
    }
  });
}

describe('a value of the wrong type never passes', () => {
  for (const { clause, never } of wrongTypes) {
    const words = `${JSON.stringify(clause)} on ${JSON.stringify(never.value)}`;
    test(words, () => assert.notDeepEqual(violationsOf({ has: { '/value': clause } }, never), []));
    test(`${words}, inside of items, anyOf, if and mayHave`, () => {
      const nested: readonly JsonObject[] = [
        { has: { '/list': { items: clause } } },
        { mayHave: { '/value': { anyOf: [clause] } } },
        { mayHave: { '/value': { allOf: [clause] } } },
        { mayHave: { '/value': { if: clause, then: {}, else: { const: 'never' } } } },
      ];
      for (const outer of nested) {
        assert.notDeepEqual(violationsOf(outer, { ...never, list: [never.value ?? null] }), []);
      }
    });
  }
  test('a type that the rule names itself stays', () => {
    assert.deepEqual(violationsOf({ has: { '/a': { type: 'string', minLength: 1 } } }, { a: 'x' }), []);
    assert.notDeepEqual(violationsOf({ has: { '/a': { type: 'string', minLength: 1 } } }, { a: 1 }), []);
  });
});
