import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { Unknown } from '../../model/subject.ts';
import type { HostTree } from '../host/hostTree.ts';
import type { Learnt } from '../host/learnt.ts';
import { presenceOf } from '../host/presence.ts';
import { unreadableAs } from '../host/unreadable.ts';
import { type DiskSource, diskSources } from './diskSources.ts';
import type { ParsedDomain } from './parsedDomain.ts';
import type { OtherUsers } from './unreadDomains.ts';

/** Images below the disk's own, as the XML has them: a running domain's has the whole chain (formatdomain, backingStore). */
const layersBelow = (disk: JsonObject): number => {
  let depth = 0;
  for (let at = disk; ; depth += 1) {
    const below = at.backingStore;
    if (typeof below !== 'object' || below === null || !('source' in below)) return depth;
    at = below as JsonObject;
  }
};

/** With startupPolicy='optional' the domain starts without the medium (formatdomain). */
const mayBeMissing = ({ disk }: DiskSource): boolean => valueAt(disk, '/source/@startupPolicy') === 'optional';

/** Paths that disks are stored at and need to be. */
export const diskPaths = (parsed: ParsedDomain): string[] =>
  diskSources(parsed).flatMap(({ path }) => (path === undefined ? [] : [path]));

/**
 * `disks`: what each disk is stored in, whether that is there, and who else uses it.
 *
 * @param others domains that write to the same, or write under which this one reads
 */
export const diskFacts = (parsed: ParsedDomain, tree: HostTree, others: OtherUsers<DiskSource>): Learnt => {
  const unknown: Unknown[] = [];
  const disks = diskSources(parsed, tree.realpath).map((source, index): JsonObject => {
    const { disk, path } = source;
    const presence = path === undefined || mayBeMissing(source) ? undefined : presenceOf(tree, path);
    if (presence?.is === 'unknown') unknown.push({ at: `/disks/${index}/missing`, reason: presence.why });
    const sharedWith = source.identity === undefined ? [] : others.of(source);
    if (source.identity !== undefined && sharedWith.length === 0 && others.unread !== undefined) {
      unknown.push({ at: `/disks/${index}/sharedWith`, reason: others.unread });
    }
    // A folder that can't be looked into may be a link to where another domain's disks are.
    if (path !== undefined && sharedWith.length === 0) {
      unknown.push(...unreadableAs(tree, [path], `/disks/${index}/sharedWith`));
    }
    return {
      layersBelow: layersBelow(disk),
      ...(path === undefined ? {} : { path }),
      ...(presence?.is === 'missing' ? { missing: 'there is nothing at this path' } : {}),
      ...(sharedWith.length === 0 ? {} : { sharedWith }),
    };
  });
  return { facts: { disks }, unknown };
};
