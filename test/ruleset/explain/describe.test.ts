import assert from 'node:assert/strict';
import { describe as group, test } from 'node:test';
import type { Json } from '../../../src/model/json.ts';
import { describe } from '../../../src/ruleset/explain/describe.ts';

const facts = { user: 'libvirt-qemu', drivers: ['apparmor', 'dac'] };

const cases: readonly { schema: Json; words: string }[] = [
  { schema: {}, words: '' },
  { schema: true, words: '' },
  { schema: { const: null }, words: 'null' },
  { schema: { const: { $data: '/user' } }, words: '"libvirt-qemu"' },
  { schema: { const: { $data: '/absent' } }, words: 'nothing' },
  { schema: { enum: { $data: '/drivers' } }, words: 'one of "apparmor", "dac"' },
  { schema: { minLength: 1, maxLength: 107 }, words: 'length at least 1, length at most 107' },
  { schema: { type: 'string', minLength: 1 }, words: 'length at least 1' },
  { schema: { maxItems: 0 }, words: 'no items' },
  { schema: { maxItems: 3 }, words: 'at most 3 items' },
  { schema: { has: { '/a': {}, '/b': { const: 1 } } }, words: '/a, /b 1' },
  { schema: { mayHave: { '/a': { const: 1 } } }, words: '/a absent or 1' },
  { schema: { lacks: ['/a', '/b'] }, words: 'without /a, /b' },
  { schema: { contains: { has: { '/@type': { const: 'unix' } } } }, words: 'an item with /@type "unix"' },
  { schema: { items: { lacks: ['/x'] } }, words: 'every item without /x' },
  { schema: { not: { enum: ['a', 'b'] } }, words: 'anything but one of "a", "b"' },
  { schema: { anyOf: [{ const: 1 }, {}, { minimum: 5 }] }, words: '1 or at least 5' },
  { schema: { pattern: 'x'.repeat(120) }, words: `text that matches ${'x'.repeat(120)}` },
  { schema: { not: { pattern: 'x'.repeat(121) } }, words: 'anything but text that matches the pattern of the rule' },
  { schema: { contains: { pattern: 'x', description: 'an x' } }, words: 'an item with an x' },
  { schema: { allOf: [{ minLength: 1 }, { pattern: 'x' }] }, words: 'length at least 1, text that matches x' },
];

group('what a schema wants, in words', () => {
  for (const { schema, words } of cases) {
    test(`${JSON.stringify(schema)}: ${words || 'nothing in particular'}`, () =>
      assert.equal(describe(schema, facts), words));
  }
});
