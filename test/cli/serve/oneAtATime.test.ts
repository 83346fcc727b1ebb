import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { oneAtATime } from '../../../src/cli/serve/oneAtATime.ts';

test('calls while work is under way are one call more, after it', async () => {
  const ends: (() => void)[] = [];
  let under = 0;
  const call = oneAtATime(async () => {
    under += 1;
    assert.equal(under, 1);
    await new Promise<void>((end) => ends.push(end));
    under -= 1;
  });
  for (let times = 0; times < 40; times++) call();
  await turn();
  assert.equal(ends.length, 1);
  ends[0]?.();
  await turn();
  assert.equal(ends.length, 2);
  ends[1]?.();
  await turn();
  assert.equal(ends.length, 2);
  call();
  await turn();
  assert.equal(ends.length, 3);
  ends[2]?.();
});
