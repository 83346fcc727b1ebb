import { type DiskSource, diskSources } from './diskSources.ts';
import type { ParsedDomain } from './parsedDomain.ts';

interface User {
  domain: string;
  name: string;
  access: 'reads' | 'writes' | 'shares';
}

/** What a domain does to a disk: `<transient/>` writes to a layer of its own, and libvirt makes CD-ROMs read-only. */
const accessOf = ({ disk }: DiskSource): User['access'] => {
  if ('readonly' in disk || 'transient' in disk || disk['@device'] === 'cdrom') return 'reads';
  return 'shareable' in disk ? 'shares' : 'writes';
};

/** Who else uses what a disk is stored in, so that one of the two writes under the other: names of other domains. */
export const sharedDisks = (
  domains: readonly ParsedDomain[],
  realpath: (path: string) => string,
): ((source: DiskSource, asking: ParsedDomain) => string[]) => {
  const users = new Map<string, User[]>();
  for (const parsed of domains) {
    for (const source of diskSources(parsed, realpath)) {
      if (source.identity === undefined) continue;
      const known = users.get(source.identity) ?? [];
      known.push({ domain: parsed.uuid ?? parsed.name, name: parsed.name, access: accessOf(source) });
      users.set(source.identity, known);
    }
  }
  return (source, asking) => {
    const own = accessOf(source);
    const others = (users.get(source.identity ?? '') ?? []).filter(
      ({ domain, access }) => domain !== (asking.uuid ?? asking.name) && (own === 'writes' || access === 'writes'),
    );
    return [...new Set(others.map(({ name }) => name))].sort();
  };
};
