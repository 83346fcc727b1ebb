import { toBytes } from '../../model/bytes.ts';
import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import { diskSources } from './diskSources.ts';
import { diskUses } from './diskUses.ts';
import type { ParsedDomain } from './parsedDomain.ts';

const textAt = (value: unknown, pointer: string): readonly string[] => {
  const text = valueAt(value as JsonObject, pointer);
  return typeof text === 'string' && text.startsWith('/') ? [text] : [];
};

/** The files and devices of a domain's disks (formatdomain, "Hard drives"), with what else may write to them. */
const diskPaths = ({ domain }: ParsedDomain): readonly string[] => {
  const disks = valueAt(domain ?? {}, '/devices/disk');
  if (!Array.isArray(disks)) return [];
  return disks.flatMap((disk) => [...textAt(disk, '/source/@file'), ...textAt(disk, '/source/@dev')]);
};

/** What else the disks are stored in: the images below them, which whoever writes changes under them, and mirrors. */
const pathsBelow = (parsed: ParsedDomain, realpath: (path: string) => string): readonly string[] =>
  diskSources(parsed, realpath)
    .flatMap((source) => diskUses(source, realpath))
    .flatMap(({ identity }) => (identity.startsWith('/') ? [identity] : []));

/** Every disk of every domain, as the kernel names it: byte strings, links resolved, each with the domains that have it. */
export const diskOwners = (
  domains: readonly ParsedDomain[],
  realpath: (path: string) => string,
): ReadonlyMap<string, ReadonlySet<string>> => {
  const owners = new Map<string, Set<string>>();
  for (const parsed of domains) {
    for (const path of new Set([...diskPaths(parsed).map(realpath), ...pathsBelow(parsed, realpath)])) {
      const real = toBytes(path);
      owners.set(real, (owners.get(real) ?? new Set()).add(parsed.uuid ?? parsed.name));
    }
  }
  return owners;
};
