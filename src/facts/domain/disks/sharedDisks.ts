import type { ParsedDomain } from '../parsedDomain.ts';
import { createUsers, fewOf } from '../users.ts';
import type { DiskUse } from './diskUses.ts';
import type { StorageView } from './storageView.ts';
import { type StoredDisk, storedDisks } from './storedDisks.ts';

/** The disks of one definition that use a thing, and those of them that write to it, by their places. */
interface Own {
  all: Set<number>;
  writers: Set<number>;
}

/** What each thing is to the disks of one definition. */
const ownUses = (parsed: ParsedDomain, view: StorageView): Map<string, Own> => {
  const own = new Map<string, Own>();
  for (const source of storedDisks(parsed, view)) {
    for (const { has, access } of source.uses) {
      for (const name of has) {
        const uses = own.get(name) ?? { all: new Set(), writers: new Set() };
        own.set(name, uses);
        uses.all.add(source.index);
        if (access === 'writes') uses.writers.add(source.index);
      }
    }
  }
  return own;
};

/**
 * Who else uses what a disk is stored in, so that one of the two writes under the other: names of other domains, of many
 * the first few, and that the domain has it twice.
 */
export const sharedDisks = (
  domains: readonly ParsedDomain[],
  view: StorageView,
): ((source: StoredDisk, asking: ParsedDomain) => string[]) => {
  const [users, writers] = [createUsers(), createUsers()];
  const byDomain = new Map<ParsedDomain, ReadonlyMap<string, Own>>();
  for (const parsed of domains) {
    const own = ownUses(parsed, view);
    byDomain.set(parsed, own);
    for (const [identity, uses] of own) {
      users.add(identity, parsed);
      if (uses.writers.size > 0) writers.add(identity, parsed);
    }
  }
  // Whoever writes minds all others; whoever reads or shares, those who write.
  const other = ({ asks, access }: DiskUse, asking: ParsedDomain): readonly (readonly string[])[] =>
    asks.map((name) => (access === 'writes' ? users : writers).others(name, asking));
  const twice = ({ asks, access }: DiskUse, index: number, asking: ParsedDomain): boolean =>
    asks.some((name) => {
      const own = byDomain.get(asking)?.get(name);
      const disks = access === 'writes' ? own?.all : own?.writers;
      return disks !== undefined && disks.size > (disks.has(index) ? 1 : 0);
    });
  return ({ uses, index }, asking) => {
    const [first = [], ...more] = uses.flatMap((use) => other(use, asking)).filter((names) => names.length > 0);
    const names = more.length === 0 ? first : [...new Set([first, ...more].flat())].sort();
    const own = uses.some((use) => twice(use, index, asking)) ? ['another disk of this domain'] : [];
    return [...own, ...fewOf([...new Set(names)])];
  };
};
