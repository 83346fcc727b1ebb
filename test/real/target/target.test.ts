/**
 * An upgrade from Debian 12 to Debian 13, on two real libvirtds: which domains still start, and what becomes of their managed
 * saves and snapshots. It takes minutes, so it runs only where VIRT_AUDIT_HOST_TEST=1 is set; without it this file holds no test.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPrivateLibvirt } from '../privateLibvirt.ts';
import { requires } from '../requires.ts';
import { startTargetLibvirt } from '../targetLibvirt.ts';
import { type Prediction, predict } from './predict.ts';
import type { Refusal } from './startEach.ts';
import { statesAfterUpgrade } from './statesAfterUpgrade.ts';
import { tryUpgrade } from './tryUpgrade.ts';
import { type Start, upgradeDomains } from './upgradeDomains.ts';

/** Unpacking the target at first use is in it. */
const timeout = 1_800_000;

const checkStart = (refusal: Refusal, expected: Start): void => {
  if (expected === 'starts') assert.equal(refusal, undefined);
  else assert.match(refusal ?? 'it starts', expected);
};

const lack = (): void => {
  const reason = requires(['targetLibvirt']);
  if (reason !== undefined) throw new Error(reason);
};

if (process.env.VIRT_AUDIT_HOST_TEST === '1') {
  test('which domains start after an upgrade', { timeout }, async (context) => {
    lack();
    await using current = await startPrivateLibvirt();
    await using target = await startTargetLibvirt();
    const tried = await tryUpgrade(current, target, upgradeDomains);
    for (const { name, current, target } of upgradeDomains) {
      await context.test(name, () => {
        if (current !== 'depends on what else is installed') checkStart(tried.current.get(name), current);
        checkStart(tried.target.get(name), target);
      });
    }
    const predictions = await predict(current, target);
    const startsNow = upgradeDomains.map(({ name }) => name).filter((name) => tried.current.get(name) === undefined);
    const predicted = (wanted: Prediction) => startsNow.filter((name) => predictions.of(name) === wanted);
    await context.test('none that virt-audit finds nothing against fails to start', () => {
      const fine = predicted('fine');
      assert.ok(fine.length > 30, `${fine.length} fine`);
      const failed = fine.filter((name) => tried.target.get(name) !== undefined);
      assert.deepEqual(failed, []);
    });
    await context.test('none that virt-audit finds blocked starts', () => {
      const blocked = predicted('blocked');
      assert.ok(blocked.length > 5, `${blocked.length} blocked`);
      assert.deepEqual(
        blocked.filter((name) => tried.target.get(name) === undefined),
        [],
      );
    });
    await context.test('of few is no promise made', () => {
      const open = [...predicted('unknown'), ...predicted('work')];
      context.diagnostic(`no promise: ${open.join(', ')}`);
      assert.ok(open.length < startsNow.length / 3, open.join(', '));
    });
    await context.test('what can’t be defined on the target does not start there either', () => {
      const refused = [...tried.redefined].filter(([, refusal]) => refusal !== undefined).map(([name]) => name);
      assert.notDeepEqual(refused, []);
      assert.deepEqual(
        refused.filter((name) => tried.target.get(name) === undefined),
        [],
      );
    });
  });

  test('what becomes of managed saves and snapshots', { timeout }, async () => {
    lack();
    await using current = await startPrivateLibvirt();
    await using target = await startTargetLibvirt();
    const machines = {
      kept: ['pc-i440fx-7.2'],
      old: ['pc-i440fx-2.1'],
      moved: ['pc-i440fx-2.1', 'pc-i440fx-7.2'],
    } as const;
    const outcomes = await statesAfterUpgrade(current, target, machines);
    const predictions = await predict(current, target);
    const fine = { refusal: undefined, machine: 'pc-i440fx-7.2' };
    assert.deepEqual(outcomes.kept, { saved: fine, running: fine, shutoff: fine });
    for (const name of ['old', 'moved']) {
      assert.match(outcomes[name]?.saved.refusal ?? '', /does not support machine type 'pc-i440fx-2.1'/);
      assert.match(outcomes[name]?.running.refusal ?? '', /does not support machine type 'pc-i440fx-2.1'/);
    }
    assert.equal(outcomes.moved?.running.machine, 'pc-i440fx-7.2');
    // Nothing warns: the definition is the snapshot's from then on, and no longer starts.
    assert.deepEqual(outcomes.moved?.shutoff, { refusal: undefined, machine: 'pc-i440fx-2.1' });

    const [save, snapshot] = ['target-managed-save-restorable', 'target-snapshots-revertible'];
    for (const kind of ['saved', 'running', 'shutoff']) assert.equal(predictions.of(`kept-${kind}`), 'fine');
    const machine = 'target-machine-type-offered';
    assert.deepEqual(predictions.blockedBy('old-saved').toSorted(), [machine, save].toSorted());
    assert.deepEqual(predictions.blockedBy('old-running').toSorted(), [machine, snapshot].toSorted());
    // Its definition would start; only the state would not.
    assert.deepEqual(predictions.blockedBy('moved-saved'), [save]);
    assert.deepEqual(predictions.blockedBy('moved-running'), [snapshot]);
    // The revert itself succeeds, and leaves a domain that does not start.
    assert.deepEqual(predictions.blockedBy('moved-shutoff'), [snapshot]);
  });
}
