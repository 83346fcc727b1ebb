import type { JsonObject } from '../../../model/json.ts';
import type { Learnt } from '../../host/learnt.ts';
import type { KeptState, KeptStates } from './keptStates.ts';

/** What is in the way of going on with a domain's XML; `unknown` says why there may be more. */
export interface Obstacles {
  obstacles: readonly string[];
  unknown?: string;
}

/** Of a state all of whose XML has to do; what is in the way anyway needs no more said. */
const obstaclesIn = ({ domains, unknown }: KeptState, of: (domain: JsonObject) => Obstacles): Obstacles => {
  const found = domains.map(({ domain, isDefinition }) => ({ isDefinition, ...of(domain) }));
  const live = new Set(found.flatMap(({ isDefinition, obstacles }) => (isDefinition ? [] : obstacles)));
  const later = found.flatMap(({ isDefinition, obstacles }) => (isDefinition ? obstacles : []));
  const obstacles = [
    ...live,
    ...[...new Set(later)].filter((why) => !live.has(why)).map((why) => `in the definition that comes back: ${why}`),
  ];
  const unsure = unknown ?? found.find((each) => each.unknown !== undefined)?.unknown;
  return { obstacles, ...(unsure === undefined || obstacles.length > 0 ? {} : { unknown: unsure }) };
};

/** `managedSave` and `snapshots`, each with what is in its way. Pointers are from these facts on. */
export const stateObstacles = (
  { managedSave, hiddenSave, snapshots, hiddenSnapshots }: KeptStates,
  of: (domain: JsonObject) => Obstacles,
): Learnt => {
  const told = (state: KeptState, at: string) => {
    const { obstacles, unknown } = obstaclesIn(state, of);
    return {
      facts: { name: state.name, obstacles: [...obstacles] },
      unknown: unknown === undefined ? [] : [{ at: `${at}/obstacles`, reason: unknown }],
    };
  };
  const saved = managedSave === undefined ? undefined : told(managedSave, '/managedSave');
  const kept = snapshots.map((snapshot, index) => told(snapshot, `/snapshots/${index}`));
  return {
    facts: {
      ...(saved === undefined ? {} : { managedSave: saved.facts }),
      ...(kept.length === 0 ? {} : { snapshots: kept.map(({ facts }) => facts) }),
    },
    unknown: [
      ...(hiddenSave === undefined ? [] : [{ at: '/managedSave', reason: hiddenSave }]),
      ...(hiddenSnapshots === undefined ? [] : [{ at: '/snapshots', reason: hiddenSnapshots }]),
      ...(saved?.unknown ?? []),
      ...kept.flatMap(({ unknown }) => unknown),
    ],
  };
};
