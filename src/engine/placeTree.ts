import type { Clause, Look, Requirement } from '../model/clause.ts';
import type { Json } from '../model/json.ts';

/** The places that clauses look at, as a tree. Clauses are told by their index among those that it was made of. */
export interface PlaceNode {
  /** Who looks at anything here or below. */
  any: Set<number>;
  /** To whom all that is here matters. */
  all: Set<number>;
  /** To whom it matters which of these values is here, if any. */
  values: Map<Json, Set<number>>;
  /** To whom it matters whether what is here meets something. */
  met: { requirement: Requirement; by: Set<number> }[];
  /** The reference tokens that lead on, and where to; of a list `*` leads to each of its items. */
  tokens: string[];
  nodes: PlaceNode[];
}

const emptyNode = (): PlaceNode => ({
  any: new Set(),
  all: new Set(),
  values: new Map(),
  met: [],
  tokens: [],
  nodes: [],
});

const below = ({ tokens, nodes }: PlaceNode, token: string): PlaceNode => {
  const known = nodes[tokens.indexOf(token)];
  if (known !== undefined) return known;
  const made = emptyNode();
  tokens.push(token);
  nodes.push(made);
  return made;
};

const demand = ({ met }: PlaceNode, requirement: Requirement, clause: number): void => {
  const known = met.find((each) => each.requirement.name === requirement.name);
  if (known === undefined) met.push({ requirement, by: new Set([clause]) });
  else known.by.add(clause);
};

const add = (root: PlaceNode, { at, sees }: Look, clause: number): void => {
  let node = root;
  node.any.add(clause);
  for (const token of at) {
    node = below(node, token);
    node.any.add(clause);
  }
  if (sees === 'all') node.all.add(clause);
  // The kind is compared for all, and of a list the length.
  else if (sees === 'kind' || sees === 'length') return;
  else if ('met' in sees) demand(node, sees, clause);
  else for (const value of sees) node.values.set(value, (node.values.get(value) ?? new Set()).add(clause));
};

/** The tree of the places that these clauses look at. */
export const placeTree = (clauses: readonly Pick<Clause, 'looks'>[]): PlaceNode => {
  const root = emptyNode();
  for (const [index, { looks }] of clauses.entries()) for (const look of looks) add(root, look, index);
  return root;
};
