import { pointerTokens } from '../model/pointer.ts';
import type { Unknown } from '../model/subject.ts';
import type { PlaceNode } from './placeTree.ts';

const keyOf = ({ at, reason }: Unknown): string => `${at}\n${reason}`;

const isSame = (a: Unknown, b: Unknown | undefined): boolean => a === b || (b !== undefined && keyOf(a) === keyOf(b));

/** What became unknown, became known, or is unknown for another reason; of what stands in another order, all. */
const changedUnknowns = (before: readonly Unknown[], after: readonly Unknown[]): readonly Unknown[] => {
  if (before.length === after.length && before.every((place, index) => isSame(place, after[index]))) return [];
  const was = new Set(before.map(keyOf));
  const is = new Set(after.map(keyOf));
  // A reason lists several in their order.
  const kept = after.filter((place) => was.has(keyOf(place)));
  const inOrder = before.filter((place) => is.has(keyOf(place))).every((place, index) => isSame(place, kept[index]));
  if (!inOrder) return [...before, ...after];
  return [...before.filter((place) => !is.has(keyOf(place))), ...after.filter((place) => !was.has(keyOf(place)))];
};

const none: ReadonlySet<number> = new Set();

/**
 * The clauses to which it may matter that other places are unknown now, or for other reasons, by their index: those that look
 * at anything of the fact in which one is.
 */
export const unknownsConcerned = (
  tree: PlaceNode,
  before: readonly Unknown[],
  after: readonly Unknown[],
): ReadonlySet<number> => {
  const changed = changedUnknowns(before, after);
  if (changed.length === 0) return none;
  return new Set(
    changed.flatMap(({ at }) => {
      const [fact] = pointerTokens(at);
      // What is unknown as a whole is unknown in all its parts.
      const node = fact === undefined ? tree : tree.nodes[tree.tokens.indexOf(fact)];
      return [...(node?.any ?? [])];
    }),
  );
};
