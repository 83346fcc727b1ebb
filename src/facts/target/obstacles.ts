import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { Obstacles } from '../domain/saved/stateObstacles.ts';
import { domainOnTarget } from './domainOnTarget.ts';
import type { Offers } from './offers.ts';

/** The places of what is missing, among what `domainOnTarget` tells. */
const missingAt = (facts: JsonObject): string[] => [
  ...['type', 'machine', 'emulator', 'cpu'].map((part) => `/${part}/missing`),
  // Where no emulator is known of, the devices are not a list but unknown.
  ...(Array.isArray(facts.devices) ? facts.devices : []).map((_, index) => `/devices/${index}/missing`),
];

/**
 * Why the target can't go on with the XML that is kept with a saved state; `unknown` says why there may be more in the way. A
 * state can't be mended by editing the domain: it goes on as the machine that it was saved on, or not at all.
 */
export const obstaclesOf = (domain: JsonObject, offers: Offers): Obstacles => {
  const { facts, unknown } = domainOnTarget(domain, offers);
  const obstacles = missingAt(facts).flatMap((at) => {
    const why = valueAt(facts, at);
    return typeof why === 'string' ? [why] : [];
  });
  const [first] = unknown.filter(({ at }) => !at.endsWith('/deprecated'));
  return { obstacles, ...(first === undefined ? {} : { unknown: first.reason }) };
};
