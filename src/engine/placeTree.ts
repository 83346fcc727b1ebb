import type { Clause, CompiledRule } from '../model/clause.ts';

/** The places that rules look at, as a tree. Rules are told by their index among those that it was made of. */
export interface PlaceNode {
  /** To whom all that is here matters. */
  whole: Set<number>;
  /** Who looks at anything here or below. */
  any: Set<number>;
  /** By the reference token that leads on; `*` to each item of a list. */
  members: Map<string, PlaceNode>;
}

const emptyNode = (): PlaceNode => ({ whole: new Set(), any: new Set(), members: new Map() });

const add = (root: PlaceNode, place: readonly string[], rule: number, whole: boolean): void => {
  let node = root;
  node.any.add(rule);
  for (const token of place) {
    const next = node.members.get(token) ?? emptyNode();
    node.members.set(token, next);
    next.any.add(rule);
    node = next;
  }
  if (whole) node.whole.add(rule);
};

/** The tree of the places that these rules look at. */
export const placeTree = (rules: readonly CompiledRule[]): PlaceNode => {
  const root = emptyNode();
  for (const [index, { when, assert }] of rules.entries()) {
    const clauses: readonly Clause[] = when === undefined ? [assert] : [when, assert];
    for (const { touches, wholes } of clauses) {
      for (const place of touches) add(root, place, index, false);
      for (const place of wholes) add(root, place, index, true);
    }
  }
  return root;
};
