import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createTurns } from '../../src/exporter/turns.ts';

/** Lets all of these holders ask at once, and tells whose turn came, in order, and which of them had none. */
const taken = async (most: number, holders: string): Promise<{ order: string; none: number[] }> => {
  const turns = createTurns(most);
  let order = '';
  const all = [...holders].map((holder) =>
    turns(holder, async () => {
      order += holder;
      return holder;
    }),
  );
  const results = await Promise.all(all);
  return { order, none: results.flatMap((result, index) => (result === undefined ? [index] : [])) };
};

const cases: readonly { name: string; holders: string; order: string; none?: number[] }[] = [
  { name: 'one after the other', holders: 'abc', order: 'abc' },
  { name: 'of one holder as they came', holders: 'aaaa', order: 'aaaa' },
  { name: 'of one holder no more than may be', holders: 'aaaaaa', order: 'aaaa', none: [4, 5] },
  { name: 'each holder in each round, the one that came first at once', holders: 'aaab', order: 'aaba' },
  { name: 'the last of who has most goes for who has fewer', holders: 'aaaab', order: 'aaba', none: [3] },
  { name: 'and again, until both have as many', holders: 'aaaabbbb', order: 'aaba', none: [3, 5, 6, 7] },
  { name: 'none goes for who would have as many', holders: 'abcda', order: 'abcd', none: [4] },
  { name: 'of many holders each waits once', holders: 'aaaabcd', order: 'aabc', none: [2, 3, 6] },
];

describe('turns, where four are under way or wait', () => {
  for (const { name, holders, order, none = [] } of cases)
    test(name, async () => assert.deepEqual(await taken(4, holders), { order, none }));
});

test('what fails is told to who asked, and the next has its turn', async () => {
  const turns = createTurns(4);
  const failed = turns('a', () => Promise.reject(new Error('no')));
  const next = turns('a', async () => 'done');
  await assert.rejects(failed, /no/);
  assert.equal(await next, 'done');
});

test('only one is under way', async () => {
  const turns = createTurns(8);
  let underway = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    underway += 1;
    most = Math.max(most, underway);
    await new Promise((resolve) => setTimeout(resolve, 1));
    underway -= 1;
  };
  await Promise.all([...'abcabc'].map((holder) => turns(holder, work)));
  assert.equal(most, 1);
});
