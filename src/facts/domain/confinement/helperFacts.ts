import type { JsonObject } from '../../../model/json.ts';
import type { Unknown } from '../../../model/subject.ts';
import type { HostTree } from '../../host/hostTree.ts';
import type { Learnt } from '../../host/learnt.ts';
import { unreadableAs } from '../../host/unreadable.ts';
import type { StorageView } from '../disks/storageView.ts';
import { storedDisks } from '../disks/storedDisks.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import { helperPaths } from './helperPaths.ts';
import { helperRefusal } from './helperRefusal.ts';

/** What means something else in a path of AppArmor's policy, quotes or not (apparmor.d(5), "Globbing"). */
const special = /[*?[\]{}\\]/;

/**
 * `helperPaths`: what virt-aa-helper puts into the domain's profile, links followed as it follows them, and why
 * it would refuse one; `wildcardPaths`: those that mean more, or something else, there.
 */
export const helperFacts = (parsed: ParsedDomain, tree: HostTree, view: StorageView): Learnt => {
  const unknown: Unknown[] = [];
  const found = helperPaths(parsed, storedDisks(parsed, view)).map(
    ({ element, path: named, written, mayBeLink }, index): JsonObject => {
      const path = tree.realpath(named);
      const refused = helperRefusal(path, written);
      if (mayBeLink) {
        for (const { reason } of unreadableAs(tree, [named], '')) {
          for (const fact of ['path', 'refused']) unknown.push({ at: `/helperPaths/${index}/${fact}`, reason });
        }
      }
      return {
        element,
        path,
        written,
        ...(path === named ? {} : { named }),
        ...(refused === undefined ? {} : { refused }),
      };
    },
  );
  const wildcardPaths = [...new Set(found.map(({ path }) => String(path)))].filter((path) => special.test(path));
  return { facts: { helperPaths: found, wildcardPaths }, unknown };
};
