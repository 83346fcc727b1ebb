import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeptDomain } from '../../../../src/facts/domain/saved/keptStates.ts';
import { type Obstacles, stateObstacles } from '../../../../src/facts/domain/saved/stateObstacles.ts';

const kept = (name: string, isDefinition = false): KeptDomain => ({ domain: { name }, isDefinition });

/** Of one snapshot, given what is in the way of each of its domains by name. */
const learn = (found: Readonly<Record<string, Obstacles>>, domains: readonly KeptDomain[], unknown?: string) => {
  const snapshot = { name: 's', memory: 'internal', domains, ...(unknown === undefined ? {} : { unknown }) };
  return stateObstacles(
    { snapshots: [snapshot] },
    ({ name }) => found[String(name)] ?? { obstacles: ['not asked for'] },
  );
};

test('what is in the way of both is told of once, and what only a later start needs is said to be so', () => {
  const { facts, unknown } = learn({ live: { obstacles: ['a', 'a'] }, then: { obstacles: ['a', 'b', 'b'] } }, [
    kept('live'),
    kept('then', true),
  ]);
  assert.deepEqual(facts, {
    snapshots: [{ name: 's', obstacles: ['a', 'in the definition that comes back: b'] }],
  });
  assert.deepEqual(unknown, []);
});

test('what is not known of one of them keeps the other from being fine', () =>
  assert.deepEqual(
    learn({ live: { obstacles: [] }, then: { obstacles: [], unknown: 'why' } }, [kept('live'), kept('then', true)])
      .unknown,
    [{ at: '/snapshots/0/obstacles', reason: 'why' }],
  ));

test('nor does one that was not kept', () =>
  assert.deepEqual(learn({ live: { obstacles: [] } }, [kept('live')], 'torn').unknown, [
    { at: '/snapshots/0/obstacles', reason: 'torn' },
  ]));

test('what is in the way is so whatever else is not known', () =>
  assert.deepEqual(learn({ live: { obstacles: ['a'], unknown: 'why' } }, [kept('live')], 'torn').unknown, []));
