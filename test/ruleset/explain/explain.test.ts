import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Violation } from '../../../src/model/finding.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { violationsOf } from '../ruleOf.ts';

const at = (clause: JsonObject): JsonObject => ({ has: { '/value': clause } });

/** One violation at /value. */
const value = (message: string, actual: Violation['actual']): Violation[] => [
  { at: '/value', message, ...(actual === undefined ? {} : { actual }) },
];

const channels = [
  { '@type': 'unix', target: { '@name': 'a' } },
  { '@type': 'pty', target: { '@name': 'b' } },
  { '@type': 'unix', target: { '@name': 'a' } },
];
const agent = { has: { '/target/@name': { const: 'agent' } } };
const seen = [{ '/target/@name': 'a' }, { '/target/@name': 'b' }, { '/target/@name': 'a' }];
const unix = { has: { '/@type': { const: 'unix' } } };
const types = [{ '/@type': 'unix' }, { '/@type': 'pty' }, { '/@type': 'unix' }];

const cases: readonly { name: string; clause: JsonObject; facts: JsonObject; found: readonly Violation[] }[] = [
  { name: 'const', clause: at({ const: 'x' }), facts: { value: 'y' }, found: value('expected "x"', 'y') },
  { name: 'enum', clause: at({ enum: ['x', 1] }), facts: { value: 'y' }, found: value('expected one of "x", 1', 'y') },
  {
    name: 'pattern',
    clause: at({ pattern: '^a' }),
    facts: { value: 'b' },
    found: value('expected text that matches ^a', 'b'),
  },
  {
    name: 'a description, once, in place of all that it is beside',
    clause: at({ pattern: '^a', minLength: 2, description: 'a word with a' }),
    facts: { value: 'b' },
    found: value('expected a word with a', 'b'),
  },
  {
    name: 'a description beside not',
    clause: at({ not: { pattern: '^b' }, description: 'a word without b' }),
    facts: { value: 'b' },
    found: value('expected a word without b', 'b'),
  },
  {
    name: 'a description inside of not',
    clause: at({ not: { pattern: '^b', description: 'a word with b' } }),
    facts: { value: 'b' },
    found: value('expected anything but a word with b', 'b'),
  },
  {
    name: 'a description of what is missing',
    clause: at({ pattern: '^b', description: 'a word with b' }),
    facts: {},
    found: value('expected a word with b', undefined),
  },
  {
    name: 'minLength',
    clause: at({ minLength: 2 }),
    facts: { value: 'a' },
    found: value('expected length at least 2', 'a'),
  },
  {
    name: 'maxLength',
    clause: at({ maxLength: 1 }),
    facts: { value: 'ab' },
    found: value('expected length at most 1', 'ab'),
  },
  { name: 'minimum', clause: at({ minimum: 5 }), facts: { value: 4 }, found: value('expected at least 5', 4) },
  { name: 'maximum', clause: at({ maximum: 5 }), facts: { value: 6 }, found: value('expected at most 5', 6) },
  {
    name: 'minItems',
    clause: at({ minItems: 2 }),
    facts: { value: ['a'] },
    found: value('expected at least 2 items', ['a']),
  },
  {
    name: 'minItems of one',
    clause: at({ minItems: 1 }),
    facts: { value: [] },
    found: value('expected at least 1 item', []),
  },
  { name: 'maxItems', clause: at({ maxItems: 0 }), facts: { value: ['a'] }, found: value('expected no items', ['a']) },
  { name: 'type', clause: at({ type: 'string' }), facts: { value: 1 }, found: value('expected string', 1) },
  { name: 'an implied type', clause: at({ minLength: 1 }), facts: { value: 1 }, found: value('expected string', 1) },
  {
    name: 'not',
    clause: at({ not: { const: 'x' } }),
    facts: { value: 'x' },
    found: value('expected anything but "x"', 'x'),
  },
  {
    name: 'anyOf, as one',
    clause: at({ anyOf: [{ const: 'x' }, { pattern: '^y' }] }),
    facts: { value: 'z' },
    found: value('expected "x" or text that matches ^y', 'z'),
  },
  {
    name: 'allOf, each part by itself',
    clause: at({ allOf: [{ minLength: 3 }, { pattern: '^y' }] }),
    facts: { value: 'z' },
    found: [...value('expected length at least 3', 'z'), ...value('expected text that matches ^y', 'z')],
  },
  {
    name: 'then, only where if holds',
    clause: at({ items: { if: unix, then: agent } }),
    facts: { value: channels.slice(0, 2) },
    found: [{ at: '/value/0/target/@name', message: 'expected "agent"', actual: 'a' }],
  },
  {
    name: 'else',
    clause: at({ if: { const: 'x' }, then: {}, else: { const: 'y' } }),
    facts: { value: 'z' },
    found: value('expected "y"', 'z'),
  },
  { name: 'has without more', clause: at({}), facts: {}, found: value('expected a value', undefined) },
  {
    name: 'has, missing at the first step: the whole place and what was wanted there',
    clause: { has: { '/a/b/c': { enum: ['x', 'y'] } } },
    facts: {},
    found: [{ at: '/a/b/c', message: 'expected one of "x", "y"' }],
  },
  {
    name: 'has, missing half-way',
    clause: { has: { '/a/b/c': { minLength: 1 } } },
    facts: { a: {} },
    found: [{ at: '/a/b/c', message: 'expected length at least 1' }],
  },
  {
    name: 'has, with something else on the way',
    clause: { has: { '/a/b': {} } },
    facts: { a: 'text' },
    found: [{ at: '/a', message: 'expected object', actual: 'text' }],
  },
  {
    name: 'places with slashes stay escaped',
    clause: { has: { '/a~1b': { const: 1 } } },
    facts: { 'a/b': 2 },
    found: [{ at: '/a~1b', message: 'expected 1', actual: 2 }],
  },
  {
    name: 'facts that are named as keywords',
    clause: { has: { '/not/contains': { const: 1 } } },
    facts: { not: { contains: 2 } },
    found: [{ at: '/not/contains', message: 'expected 1', actual: 2 }],
  },
  {
    name: 'mayHave',
    clause: { mayHave: { '/value': { const: 'x' } } },
    facts: { value: 'y' },
    found: value('expected "x"', 'y'),
  },
  {
    name: 'lacks: only those that are there',
    clause: { lacks: ['/a', '/b', '/c/d'] },
    facts: { a: 1, c: { d: 'x' } },
    found: [
      { at: '/a', message: 'expected nothing there', actual: 1 },
      { at: '/c/d', message: 'expected nothing there', actual: 'x' },
    ],
  },
  {
    name: 'uniqueBy: every later item',
    clause: at({ uniqueBy: '/target/@name' }),
    facts: { value: channels },
    found: [{ at: '/value/2/target/@name', message: 'expected to differ from /value/0/target/@name', actual: 'a' }],
  },
  {
    name: 'items: every item',
    clause: at({ items: { lacks: ['/x'] } }),
    facts: { value: [{ x: 1 }, {}, { x: 2 }] },
    found: [
      { at: '/value/0/x', message: 'expected nothing there', actual: 1 },
      { at: '/value/2/x', message: 'expected nothing there', actual: 2 },
    ],
  },
  {
    name: 'contains: the items as far as it looks at them',
    clause: at({ contains: agent }),
    facts: { value: channels },
    found: value('expected an item with /target/@name "agent"', seen),
  },
  {
    name: 'contains without has: the items as they are',
    clause: at({ contains: { const: 'x' } }),
    facts: { value: ['y'] },
    found: value('expected an item with "x"', ['y']),
  },
  {
    name: 'contains, the list missing',
    clause: at({ contains: agent }),
    facts: {},
    found: value('expected an item with /target/@name "agent"', undefined),
  },
  {
    name: 'minContains',
    clause: at({ contains: unix, minContains: 3 }),
    facts: { value: channels },
    found: value('expected at least 3 items with /@type "unix"', types),
  },
  {
    name: 'maxContains',
    clause: at({ contains: unix, minContains: 0, maxContains: 1 }),
    facts: { value: channels },
    found: value('expected at most 1 item with /@type "unix"', types),
  },
  {
    name: 'maxContains alone, but no item at all',
    clause: at({ contains: agent, maxContains: 1 }),
    facts: { value: channels },
    found: value('expected exactly 1 item with /target/@name "agent"', seen),
  },
  {
    name: '$data: what the facts hold there',
    clause: at({ const: { $data: '/host/qemu/user' } }),
    facts: { value: 'root', host: { qemu: { user: 'libvirt-qemu' } } },
    found: value('expected "libvirt-qemu"', 'root'),
  },
  {
    name: '$data: a list',
    clause: at({ enum: { $data: '/known' } }),
    facts: { value: 'c', known: ['a', 'b'] },
    found: value('expected one of "a", "b"', 'c'),
  },
  {
    name: 'the same said twice is said once',
    clause: { allOf: [at({ const: 'x' }), at({ const: 'x' })] },
    facts: { value: 'y' },
    found: value('expected "x"', 'y'),
  },
];

describe('a violation says the place, what was expected, and what is there', () => {
  for (const { name, clause, facts, found } of cases) {
    test(name, () => assert.deepEqual(violationsOf(clause, facts), found));
  }
});

test('a whole domain is no actual value: what failed at the root names the places that were looked at', () => {
  const clause = { anyOf: [{ has: { '/state': { const: 'running' } } }, { lacks: ['/agent'] }] };
  const [violation] = violationsOf(clause, { state: 'shutoff', agent: { inLive: true }, domain: { devices: {} } });
  assert.equal(violation?.at, '');
  assert.equal(violation.message, 'expected /state "running" or without /agent');
  assert.doesNotMatch(JSON.stringify(violation.actual ?? ''), /devices/);
});
