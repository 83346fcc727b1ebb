import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { createDeadline, DeadlineError } from '../../src/sources/libvirt/deadline.ts';

const never = () => new Promise<never>(() => {});

describe('a deadline', () => {
  test('hands over what comes in time', async () => {
    assert.equal(await createDeadline(60_000).wait(sleep(5, 'value')), 'value');
  });
  test('hands over a failure as it is', async () => {
    await assert.rejects(createDeadline(1000).wait(Promise.reject(new Error('refused'))), /^Error: refused$/);
  });
  test('ends a wait for what never comes', async () => {
    await assert.rejects(createDeadline(10).wait(never()), DeadlineError);
  });
  test('is one moment for all calls, not a time for each', { timeout: 30_000 }, async (context) => {
    let now = 0;
    context.mock.method(performance, 'now', () => now);
    const deadline = createDeadline(60_000);
    now = 40_000;
    assert.equal(await deadline.wait(Promise.resolve('value')), 'value');
    now = 60_000;
    await assert.rejects(deadline.wait(never()), DeadlineError);
  });
  test('that has passed waits for nothing', async () => {
    const deadline = createDeadline(1);
    await sleep(10);
    await assert.rejects(deadline.wait(never()), DeadlineError);
  });
  test('a call that fails after it is no unhandled rejection', async (context) => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    context.after(() => process.off('unhandledRejection', note));
    let fail: (error: Error) => void = () => {};
    const late = new Promise<never>((_, reject) => {
      fail = reject;
    });
    await assert.rejects(createDeadline(1).wait(late), DeadlineError);
    fail(new Error('late'));
    // Node tells of it before the next turn.
    await turn();
    assert.deepEqual(unhandled, []);
  });
  test('says how long it was', () => assert.equal(createDeadline(250).milliseconds, 250));
});
