import type { ParsedDomain } from '../domain/parsedDomain.ts';
import type { KeptStates } from '../domain/saved/keptStates.ts';
import { stateObstacles } from '../domain/saved/stateObstacles.ts';
import type { Learnt } from '../host/learnt.ts';
import { domainOnTarget } from './domainOnTarget.ts';
import { obstaclesOf } from './obstacles.ts';
import type { Offers } from './offers.ts';

const nothing: Learnt = { facts: {}, unknown: [] };

/**
 * `target`: what of a domain, and of its saved states, the target does not offer.
 *
 * @param states those that are told of with this definition
 */
export const targetFacts = ({ domain }: ParsedDomain, states: KeptStates | undefined, offers: Offers): Learnt => {
  if (domain === undefined) return nothing;
  const there = offers.given ? domainOnTarget(domain, offers) : nothing;
  const kept =
    offers.given && states !== undefined ? stateObstacles(states, (then) => obstaclesOf(then, offers)) : nothing;
  return {
    facts: {
      target: {
        name: offers.name,
        ...(offers.qemu === undefined ? {} : { qemu: offers.qemu }),
        ...there.facts,
        ...kept.facts,
      },
    },
    unknown: [...there.unknown, ...kept.unknown].map(({ at, reason }) => ({ at: `/target${at}`, reason })),
  };
};
