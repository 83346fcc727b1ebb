import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inFlight } from '../../src/sources/libvirt/inFlight.ts';

const cases = [
  { items: 0, limit: 4, most: 0 },
  { items: 3, limit: 4, most: 3 },
  { items: 20, limit: 4, most: 4 },
  { items: 5, limit: 1, most: 1 },
];

describe('calls in flight', () => {
  for (const { items, limit, most } of cases) {
    test(`${items} items, at most ${limit}: ${most} at once, all done, in order of their start`, async () => {
      const begun: number[] = [];
      let now = 0;
      let seen = 0;
      const all = Array.from({ length: items }, (_, index) => index);
      await inFlight(limit, all, async (item) => {
        begun.push(item);
        now += 1;
        seen = Math.max(seen, now);
        await sleep((item * 7) % 5);
        now -= 1;
      });
      assert.deepEqual(begun, all);
      assert.equal(seen, most);
      assert.equal(now, 0);
    });
  }
  test('one that is slow holds up only its own', async () => {
    const done: string[] = [];
    let endSlow = () => {};
    const slow = new Promise<void>((resolve) => {
      endSlow = resolve;
    });
    await inFlight(2, ['slow', 'a', 'b', 'c'], async (item) => {
      await (item === 'slow' ? slow : sleep(1));
      done.push(item);
      if (item === 'c') endSlow();
    });
    assert.deepEqual(done, ['a', 'b', 'c', 'slow']);
  });
});
