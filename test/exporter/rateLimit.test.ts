import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRateLimit } from '../../src/exporter/rateLimit.ts';
import { openWeb } from '../../src/exporter/webConfig.ts';
import { startDoorway } from './startDoorway.ts';

test('a burst at once, then one each interval, and never more than a burst', () => {
  let now = 5000;
  const take = createRateLimit({ interval: 100, burst: 2 }, () => now);
  assert.deepEqual([take(), take(), take()], [0, 0, 100]);
  now += 75;
  assert.equal(take(), 25);
  now += 25;
  assert.deepEqual([take(), take()], [0, 100]);
  now += 100_000;
  assert.deepEqual([take(), take(), take()], [0, 0, 100]);
});

test('requests past the limit are told when to come again, before any password is looked at', async (context) => {
  // A hash that no password has.
  const users = { alice: `$2b$04$${'.'.repeat(53)}` };
  const web = { rateLimit: { interval: 1500, burst: 2 }, users };
  const { get, replace } = await startDoorway(context, { web });
  assert.equal((await get('/metrics')).status, 401);
  assert.equal((await get('/nothing')).status, 401);
  const { status, headers, body } = await get('/-/healthy');
  assert.deepEqual([status, headers['retry-after'], body.toString()], [429, '2', 'Too many requests.\n']);
  replace(openWeb);
  assert.equal((await get('/-/healthy')).status, 200);
});
