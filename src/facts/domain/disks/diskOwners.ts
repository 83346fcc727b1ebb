import { toBytes } from '../../../model/bytes.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import type { StorageView } from './storageView.ts';
import { storedDisks } from './storedDisks.ts';

/**
 * Every file and device that a domain's disk is stored in, as the kernel names it: byte strings, links resolved, each with
 * the domains that have it. The images below are among them: whoever writes one changes all disks that lie on it.
 */
export const diskOwners = (
  domains: readonly ParsedDomain[],
  view: StorageView,
): ReadonlyMap<string, ReadonlySet<string>> => {
  const owners = new Map<string, Set<string>>();
  for (const parsed of domains) {
    for (const { uses } of storedDisks(parsed, view)) {
      for (const name of uses.flatMap(({ has }) => has)) {
        if (!name.startsWith('/')) continue;
        const real = toBytes(name);
        owners.set(real, (owners.get(real) ?? new Set()).add(parsed.uuid ?? parsed.name));
      }
    }
  }
  return owners;
};
