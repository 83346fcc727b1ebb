import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { readAtMost } from '../../src/exporter/readAtMost.ts';

/** Reads give their number; time and what is left for later are the test's. */
const create = (read?: (count: number) => Promise<number>) => {
  let time = 0;
  let count = 0;
  const due: (() => void)[] = [];
  const ask = readAtMost(
    () => {
      count += 1;
      return read?.(count) ?? Promise.resolve(count);
    },
    { young: 10, old: 100 },
    () => time,
    (work) => due.push(work),
  );
  return {
    ask,
    at: (moment: number) => {
      time = moment;
    },
    due,
    runDue: () => {
      for (const work of due.splice(0)) work();
    },
  };
};

test('what is young is not read again', async () => {
  const { ask, at, due } = create();
  assert.equal(await ask(), 1);
  at(10);
  assert.equal(await ask(), 1);
  assert.equal(due.length, 0);
});

test('who asks for what is not young any more has it at once, and it is read once behind them', async () => {
  const { ask, at, due, runDue } = create();
  await ask();
  at(11);
  assert.deepEqual(await Promise.all([ask(), ask()]), [1, 1]);
  assert.equal(due.length, 1);
  runDue();
  assert.equal(await ask(), 2);
  at(22);
  await ask();
  assert.equal(due.length, 1);
});

test('what is old nobody is given, and those who ask together wait for one reading', async () => {
  const { ask, at, due } = create();
  await ask();
  at(101);
  assert.deepEqual(await Promise.all([ask(), ask()]), [2, 2]);
  assert.equal(due.length, 0);
});

test('what can’t be read is told to who asks, not to nobody', async () => {
  const { ask, at, runDue } = create((count) =>
    count === 2 ? Promise.reject(new Error('gone')) : Promise.resolve(count),
  );
  await ask();
  at(11);
  await ask();
  runDue();
  // A rejection that nobody had handled by now would end the process.
  await setImmediate();
  await assert.rejects(ask(), /gone/);
  at(200);
  assert.equal(await ask(), 3);
});
