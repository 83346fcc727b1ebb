import type { JsonObject } from '../../../model/json.ts';
import type { HostTree } from '../hostTree.ts';

/** Who owns a file or directory, user and group by number, and its permission bits in octal; or why that is not known. */
export type Ownership = { uid: number; gid: number; mode: string } | { unknown: string };

/** The ownership of what is at `path`, links followed; undefined when there is nothing. */
export const ownershipOf = (tree: HostTree, path: string): Ownership | undefined => {
  const found = tree.directory(path) ?? tree.read(path);
  if (found === undefined) return undefined;
  if ('unreadable' in found) return { unknown: found.unreadable };
  const { uid, gid, mode } = found;
  return uid === undefined || gid === undefined || mode === undefined
    ? { unknown: `the documents do not tell the owner and mode of ${path}` }
    : { uid, gid, mode: mode.toString(8) };
};

/** An ownership as facts. */
export const ownershipFacts = (path: string, ownership: Ownership): JsonObject => ({
  path,
  ...('unknown' in ownership ? {} : ownership),
});
