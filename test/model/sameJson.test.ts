import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/model/json.ts';
import { sameJson } from '../../src/model/sameJson.ts';

const values: readonly Json[] = [
  null,
  true,
  0,
  '0',
  '',
  [],
  {},
  [null],
  [{}],
  { a: null },
  { a: 1 },
  { a: 1, b: 2 },
  { b: 2, a: 1 },
  { a: [1, { b: 'x' }] },
  { a: [1, { b: 'y' }] },
  { 0: 1 },
  [1],
];

test('two values are the same when they are written alike', () => {
  for (const a of values) {
    for (const b of values) {
      const copy = JSON.parse(JSON.stringify(b)) as Json;
      assert.equal(sameJson(a, copy), JSON.stringify(a) === JSON.stringify(b), JSON.stringify([a, b]));
    }
  }
  assert.equal(sameJson(undefined, null), false);
});
