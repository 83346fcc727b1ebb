import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDeadline, DeadlineError } from '../../src/sources/libvirt/deadline.ts';

const never = () => new Promise<never>(() => {});

describe('a deadline', () => {
  test('hands over what comes in time', async () => {
    assert.equal(await createDeadline(1000).wait(sleep(5, 'value')), 'value');
  });
  test('hands over a failure as it is', async () => {
    await assert.rejects(createDeadline(1000).wait(Promise.reject(new Error('refused'))), /^Error: refused$/);
  });
  test('ends a wait for what never comes', async () => {
    await assert.rejects(createDeadline(10).wait(never()), DeadlineError);
  });
  test('is one moment for all calls, not a time for each', async () => {
    const deadline = createDeadline(60);
    const since = performance.now();
    await deadline.wait(sleep(40));
    await assert.rejects(deadline.wait(sleep(1000)), DeadlineError);
    assert.ok(performance.now() - since < 500);
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
    const late = sleep(20).then(() => Promise.reject(new Error('late')));
    await assert.rejects(createDeadline(1).wait(late), DeadlineError);
    await sleep(40);
    assert.deepEqual(unhandled, []);
  });
  test('says how long it was', () => assert.equal(createDeadline(250).milliseconds, 250));
});
