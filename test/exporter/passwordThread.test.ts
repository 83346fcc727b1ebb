import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hashSync } from 'bcryptjs';
import { createBasicAuth } from '../../src/exporter/basicAuth.ts';
import { createPasswordThread } from '../../src/exporter/passwordThread.ts';

test('while a password is checked, everything else goes on', async () => {
  const auth = createBasicAuth({ alice: hashSync('right', 12) });
  let verdict: string | undefined;
  const checked = auth(`Basic ${btoa('alice:wrong')}`, '192.0.2.1').then((found) => {
    verdict = found;
  });
  let turns = 0;
  while (verdict === undefined) {
    await nextTurn();
    turns += 1;
  }
  await checked;
  assert.equal(verdict, 'denied');
  // Here it would leave one turn in each tenth of a second: five or so.
  assert.ok(turns > 200, `${turns} turns of the event loop`);
});

test('a thread that ends is told to who waits, and the next is asked in its place', async () => {
  const compare = createPasswordThread();
  const hash = hashSync('right', 4);
  const asked = [compare('right', undefined as unknown as string), compare('right', hashSync('right', 12))];
  for (const found of asked) await assert.rejects(found, /Illegal arguments/);
  assert.deepEqual([await compare('right', hash), await compare('wrong', hash)], [true, false]);
});
