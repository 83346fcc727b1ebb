import type { Clause, CompiledRule, Look } from '../model/clause.ts';
import type { Json } from '../model/json.ts';

/** The places that rules look at, as a tree. Rules are told by their index among those that it was made of. */
export interface PlaceNode {
  /** Who looks at anything here or below. */
  any: Set<number>;
  /** To whom all that is here matters. */
  all: Set<number>;
  /** To whom it matters which of these values is here, if any. */
  values: Map<Json, Set<number>>;
  /** The reference tokens that lead on, and where to; of a list `*` leads to each of its items. */
  tokens: string[];
  nodes: PlaceNode[];
}

const emptyNode = (): PlaceNode => ({ any: new Set(), all: new Set(), values: new Map(), tokens: [], nodes: [] });

const below = ({ tokens, nodes }: PlaceNode, token: string): PlaceNode => {
  const known = nodes[tokens.indexOf(token)];
  if (known !== undefined) return known;
  const made = emptyNode();
  tokens.push(token);
  nodes.push(made);
  return made;
};

const add = (root: PlaceNode, { at, sees }: Look, rule: number): void => {
  let node = root;
  node.any.add(rule);
  for (const token of at) {
    node = below(node, token);
    node.any.add(rule);
  }
  if (sees === 'all') node.all.add(rule);
  // Of a list each node knows the length.
  else if (sees !== 'length') {
    for (const value of sees) node.values.set(value, (node.values.get(value) ?? new Set()).add(rule));
  }
};

/** The tree of the places that these rules look at. */
export const placeTree = (rules: readonly CompiledRule[]): PlaceNode => {
  const root = emptyNode();
  for (const [index, { when, assert }] of rules.entries()) {
    const clauses: readonly Clause[] = when === undefined ? [assert] : [when, assert];
    for (const { looks } of clauses) for (const look of looks) add(root, look, index);
  }
  return root;
};
