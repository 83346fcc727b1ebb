import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Snapshot } from '../../src/exporter/snapshot.ts';
import { createSnapshotKeeper } from '../../src/exporter/snapshotKeeper.ts';

const part = (text: string) => ({ plain: Buffer.from(text), deflated: Buffer.alloc(0), crc: 0 });

const textOf = (snapshot: Snapshot | undefined): string | undefined => snapshot?.metrics.plain.toString();

/** A keeper whose audits end when the test says so, on a clock that the test moves. */
const keeperOf = (minInterval = 1000) => {
  const clock = { now: 0 };
  const audits: { end(text: string): void; fail(): void }[] = [];
  const keeper = createSnapshotKeeper({
    minInterval,
    now: () => clock.now,
    take: () =>
      new Promise<Snapshot>((resolve, reject) => {
        audits.push({
          end: (text) => resolve({ metrics: part(text), page: [part(''), part(''), part('')], at: clock.now }),
          fail: () => reject(new Error('the audit did not end')),
        });
      }),
  });
  return { keeper, clock, audits };
};

const long = 60_000;

describe('a keeper of snapshots', () => {
  test('has nothing at first, and starts no audit by itself', () => {
    const { keeper, audits } = keeperOf();
    assert.equal(keeper.last(), undefined);
    assert.equal(audits.length, 0);
  });
  test('all who ask meanwhile share one audit', async () => {
    const { keeper, audits } = keeperOf();
    const asked = [keeper.fresh(long), keeper.fresh(long), keeper.fresh(long)];
    audits[0]?.end('first');
    assert.deepEqual((await Promise.all(asked)).map(textOf), ['first', 'first', 'first']);
    assert.equal(audits.length, 1);
    assert.equal(textOf(keeper.last()), 'first');
  });
  test('audits again only when the last is old enough', async () => {
    const { keeper, clock, audits } = keeperOf(1000);
    const first = keeper.fresh(long);
    audits[0]?.end('first');
    await first;
    clock.now = 999;
    assert.equal(textOf(await keeper.fresh(long)), 'first');
    assert.equal(audits.length, 1);
    clock.now = 1000;
    const second = keeper.fresh(long);
    audits[1]?.end('second');
    assert.equal(textOf(await second), 'second');
  });
  test('who can not wait gets the one before, and the audit goes on for the next', async () => {
    const { keeper, clock, audits } = keeperOf();
    const first = keeper.fresh(long);
    audits[0]?.end('first');
    await first;
    clock.now = 5000;
    assert.equal(textOf(await keeper.fresh(5)), 'first');
    assert.equal(textOf(await keeper.fresh(5)), 'first');
    assert.equal(audits.length, 2);
    audits[1]?.end('late');
    await sleep(1);
    assert.equal(textOf(await keeper.fresh(5)), 'late');
    assert.equal(audits.length, 2);
  });
  test('who can not wait for the first audit gets nothing', async () => {
    const { keeper } = keeperOf();
    assert.equal(await keeper.fresh(5), undefined);
  });
  test('a failure keeps the one before, and who asks after the interval starts another audit', async () => {
    const { keeper, clock, audits } = keeperOf();
    const first = keeper.fresh(long);
    audits[0]?.end('first');
    await first;
    clock.now = 5000;
    const failed = keeper.fresh(long);
    audits[1]?.fail();
    assert.equal(textOf(await failed), 'first');
    clock.now = 5999;
    assert.equal(textOf(await keeper.fresh(long)), 'first');
    assert.equal(audits.length, 2);
    clock.now = 6000;
    const again = keeper.fresh(long);
    assert.equal(audits.length, 3);
    audits[2]?.end('third');
    assert.equal(textOf(await again), 'third');
  });
  test('after a reload, nothing from before is fresh: neither the last nor the one under way', async () => {
    const { keeper, audits } = keeperOf();
    const first = keeper.fresh(long);
    keeper.expire();
    audits[0]?.end('by the old rules');
    assert.equal(textOf(await first), 'by the old rules');
    const second = keeper.fresh(long);
    assert.equal(audits.length, 2);
    audits[1]?.end('by the new rules');
    assert.equal(textOf(await second), 'by the new rules');
    assert.equal(textOf(await keeper.fresh(long)), 'by the new rules');
    assert.equal(audits.length, 2);
  });
  test('after a reload, an audit that failed before is tried again at once', async () => {
    const { keeper, audits } = keeperOf();
    const failed = keeper.fresh(long);
    audits[0]?.fail();
    await failed;
    assert.equal(await keeper.fresh(long), undefined);
    assert.equal(audits.length, 1);
    keeper.expire();
    const first = keeper.fresh(long);
    audits[1]?.end('by the new rules');
    assert.equal(textOf(await first), 'by the new rules');
  });
  test('a first failure leaves nothing but its reason, until an audit gives a result', async () => {
    const { keeper, clock, audits } = keeperOf();
    assert.equal(keeper.failure(), undefined);
    const failed = keeper.fresh(long);
    audits[0]?.fail();
    assert.equal(await failed, undefined);
    assert.equal(keeper.failure(), 'the audit did not end');
    clock.now = 1000;
    const first = keeper.fresh(long);
    audits[1]?.end('first');
    await first;
    assert.equal(keeper.failure(), undefined);
  });
});
