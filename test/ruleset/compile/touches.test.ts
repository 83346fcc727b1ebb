import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../../src/model/json.ts';
import { toPointer } from '../../../src/model/pointer.ts';
import { looks, touches } from '../../../src/ruleset/compile/touches.ts';

const cases: readonly { clause: JsonObject; places: readonly string[] }[] = [
  { clause: { has: { '/a/b': {} } }, places: ['/a/b'] },
  { clause: { has: { '/a~1b': {} } }, places: ['/a~1b'] },
  { clause: { mayHave: { '/a': { const: 1 }, '/b': { minLength: 1 } } }, places: ['/a', '/b'] },
  { clause: { lacks: ['/a', '/b/c'] }, places: ['/a', '/b/c'] },
  { clause: { has: { '/list': { items: { lacks: ['/x'] } } } }, places: ['/list', '/list/*/x'] },
  { clause: { has: { '/list': { contains: { const: 1 }, minContains: 2 } } }, places: ['/list', '/list/*'] },
  { clause: { has: { '/list': { uniqueBy: '/target/@name' } } }, places: ['/list/*/target/@name'] },
  { clause: { not: { has: { '/a': {} } } }, places: ['/a'] },
  {
    clause: { if: { has: { '/a': {} } }, then: { has: { '/b': {} } }, else: { lacks: ['/c'] } },
    places: ['/a', '/b', '/c'],
  },
  {
    clause: { anyOf: [{ has: { '/a': {} } }, { has: { '/b': {} } }], allOf: [{ lacks: ['/c'] }] },
    places: ['/a', '/b', '/c'],
  },
  {
    clause: { has: { '/list': { items: { mayHave: { '/owner': { const: { $data: '/host/qemu/user' } } } } } } },
    places: ['/list', '/list/*/owner', '/host/qemu/user'],
  },
  { clause: { has: { '/a': { enum: { $data: '/known' } } } }, places: ['/a', '/known'] },
];

describe('every place that a clause looks at', () => {
  for (const { clause, places } of cases) {
    test(JSON.stringify(clause), () => {
      const touched = new Set(touches(clause).map(toPointer));
      assert.deepEqual([...touched].sort(), [...places].sort());
    });
  }
});

test('a description asks for nothing of what it is about', () => {
  const clause = { has: { '/a': { const: 1, description: 'one' } } };
  assert.deepEqual(looks(clause), [{ at: ['a'], sees: [1] }]);
});
