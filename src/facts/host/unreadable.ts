import type { Unknown } from '../../model/subject.ts';
import type { HostTree } from './hostTree.ts';

/**
 * The facts `at` are unknown where one of `paths`, or what it is in, could not be read: it may be there all the same, and say
 * anything.
 */
export const unreadableAs = (tree: HostTree, paths: readonly string[], ...at: readonly string[]): Unknown[] => {
  for (const path of paths) {
    const known = tree.at(path);
    if (known !== undefined && 'unreadable' in known)
      return at.map((place) => ({ at: place, reason: known.unreadable }));
  }
  return [];
};
