/**
 * An upgrade from Debian 12 to Debian 13, on two real libvirtds: which domains still start, and what becomes of their managed
 * saves and snapshots. It takes minutes, so it runs only where VIRT_AUDIT_HOST_TEST=1 is set; without it this file holds no test.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startPrivateLibvirt } from '../privateLibvirt.ts';
import { requires } from '../requires.ts';
import { startTargetLibvirt } from '../targetLibvirt.ts';
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
        // Here the verdict of `virt-audit check --target` is to be held against `tried.target`.
      });
    }
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
    const outcomes = await statesAfterUpgrade(current, target, {
      kept: ['pc-i440fx-7.2'],
      old: ['pc-i440fx-2.1'],
      moved: ['pc-i440fx-2.1', 'pc-i440fx-7.2'],
    });
    const fine = { refusal: undefined, machine: 'pc-i440fx-7.2' };
    assert.deepEqual(outcomes.kept, { saved: fine, running: fine, shutoff: fine });
    for (const name of ['old', 'moved']) {
      assert.match(outcomes[name]?.saved.refusal ?? '', /does not support machine type 'pc-i440fx-2.1'/);
      assert.match(outcomes[name]?.running.refusal ?? '', /does not support machine type 'pc-i440fx-2.1'/);
    }
    assert.equal(outcomes.moved?.running.machine, 'pc-i440fx-7.2');
    // Nothing warns: the definition is the snapshot's from then on, and no longer starts.
    assert.deepEqual(outcomes.moved?.shutoff, { refusal: undefined, machine: 'pc-i440fx-2.1' });
  });
}
