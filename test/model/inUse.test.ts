import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InUse } from '../../src/model/inUse.ts';

test('a value outlives a round in which it is asked for, and no other', () => {
  const values = new InUse<number>();
  const made: string[] = [];
  const get = (key: string) =>
    values.get(key, (before) => {
      if (before !== undefined) return before;
      made.push(key);
      return made.length;
    });
  assert.deepEqual([get('a'), get('b'), get('a')], [1, 2, 1]);
  values.endRound();
  assert.equal(get('a'), 1);
  assert.equal(values.size, 2);
  values.endRound();
  assert.equal(values.size, 1);
  assert.deepEqual([get('a'), get('b')], [1, 3]);
  assert.deepEqual(made, ['a', 'b', 'b']);
});

test('two things of one key are told apart by their order', () => {
  const values = new InUse<string>();
  const put = (value: string) => values.get(values.unused('a'), (before) => `${before ?? ''}${value}`);
  assert.deepEqual([put('1'), put('2')], ['1', '2']);
  values.endRound();
  assert.deepEqual([put('3'), put('4')], ['13', '24']);
});
