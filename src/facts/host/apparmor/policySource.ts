import { posix } from 'node:path';
import type { PolicySource } from '../../../apparmor/index.ts';
import { fromBytes, toBytes } from '../../../model/bytes.ts';
import type { HostTree } from '../hostTree.ts';

/** Stands for what a directory that can't be listed may hold. */
const unlisted = '(unreadable)';

/** The policy files of a host, for the evaluator, whose names are byte strings. */
export const createPolicySource = (tree: HostTree): PolicySource => ({
  read: (path) => tree.read(fromBytes(path)),
  list: (path) => {
    const found = tree.directory(fromBytes(path));
    // To read it tells why it can't be read; to leave it out would make an unknown rule an absent one.
    if (found !== undefined && 'unreadable' in found) return [unlisted];
    return tree
      .list(fromBytes(path))
      ?.filter((name) => {
        // What can't be looked at may be a policy file, so it stays, to be found unreadable.
        const inside = tree.directory(posix.join(fromBytes(path), name));
        return inside === undefined || 'unreadable' in inside;
      })
      .map(toBytes);
  },
});
