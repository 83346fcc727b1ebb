import type { JsonObject } from '../../model/json.ts';
import type { HostTree } from './hostTree.ts';

/** Who owns a file or directory, by number, and its permission bits in octal; or why that is not known. */
export type Ownership = { uid: number; mode: string } | { unknown: string };

/** The ownership of what is at `path`, links followed; undefined when there is nothing. */
export const ownershipOf = (tree: HostTree, path: string): Ownership | undefined => {
  const found = tree.directory(path) ?? tree.read(path);
  if (found === undefined) return undefined;
  if ('unreadable' in found) return { unknown: found.unreadable };
  const { uid, mode } = found;
  return uid === undefined || mode === undefined
    ? { unknown: `the documents do not tell the owner and mode of ${path}` }
    : { uid, mode: mode.toString(8) };
};

/** An ownership as facts. */
export const ownershipFacts = (path: string, ownership: Ownership): JsonObject => ({
  path,
  ...('unknown' in ownership ? {} : ownership),
});
