import { type DiskSource, diskSources } from './diskSources.ts';
import { type DiskUse, diskUses } from './diskUses.ts';
import type { ParsedDomain } from './parsedDomain.ts';
import { createUsers, fewOf } from './users.ts';

/** The disks of one definition that use a thing, and those of them that write to it, by their places. */
interface Own {
  all: Set<number>;
  writers: Set<number>;
}

/** What each thing is to the disks of one definition. */
const ownUses = (parsed: ParsedDomain, realpath: (path: string) => string): Map<string, Own> => {
  const own = new Map<string, Own>();
  for (const source of diskSources(parsed, realpath)) {
    for (const { identity, access } of diskUses(source, realpath)) {
      const uses = own.get(identity) ?? { all: new Set(), writers: new Set() };
      own.set(identity, uses);
      uses.all.add(source.index);
      if (access === 'writes') uses.writers.add(source.index);
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
  realpath: (path: string) => string,
): ((source: DiskSource, asking: ParsedDomain) => string[]) => {
  const [users, writers] = [createUsers(), createUsers()];
  const byDomain = new Map<ParsedDomain, ReadonlyMap<string, Own>>();
  for (const parsed of domains) {
    const own = ownUses(parsed, realpath);
    byDomain.set(parsed, own);
    for (const [identity, uses] of own) {
      users.add(identity, parsed);
      if (uses.writers.size > 0) writers.add(identity, parsed);
    }
  }
  // Whoever writes minds all others; whoever reads or shares, those who write.
  const other = ({ identity, access }: DiskUse, asking: ParsedDomain): readonly string[] =>
    (access === 'writes' ? users : writers).others(identity, asking);
  const twice = ({ identity, access }: DiskUse, index: number, asking: ParsedDomain): boolean => {
    const own = byDomain.get(asking)?.get(identity);
    const disks = access === 'writes' ? own?.all : own?.writers;
    return disks !== undefined && disks.size > (disks.has(index) ? 1 : 0);
  };
  return (source, asking) => {
    const uses = diskUses(source, realpath);
    const [first = [], ...more] = uses.map((use) => other(use, asking)).filter((names) => names.length > 0);
    const names = more.length === 0 ? first : [...new Set([first, ...more].flat())].sort();
    const own = uses.some((use) => twice(use, source.index, asking)) ? ['another disk of this domain'] : [];
    return [...own, ...fewOf([...new Set(names)])];
  };
};
