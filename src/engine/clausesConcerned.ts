import type { Json, JsonObject } from '../model/json.ts';
import { ownMember } from '../model/pointer.ts';
import { sameJson } from '../model/sameJson.ts';
import type { PlaceNode } from './placeTree.ts';

const kindOf = (value: Json | undefined): string =>
  Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;

const addAll = (found: Set<number>, clauses: ReadonlySet<number> | undefined): void => {
  if (clauses !== undefined) for (const clause of clauses) found.add(clause);
};

const compare = (node: PlaceNode, a: Json | undefined, b: Json | undefined, found: Set<number>): void => {
  if (a === b) return;
  // Whoever looks further also sees whether one can get there.
  if (kindOf(a) !== kindOf(b)) addAll(found, node.any);
  else if (typeof a !== 'object' || a === null) {
    addAll(found, node.all);
    addAll(found, node.values.get(a as Json));
    addAll(found, node.values.get(b as Json));
    for (const { requirement, by } of node.met) {
      if (requirement.met(a as Json) !== requirement.met(b as Json)) addAll(found, by);
    }
  } else {
    if (node.all.size > 0 && !sameJson(a, b)) addAll(found, node.all);
    if (Array.isArray(a)) compareLists(node, a, b as readonly Json[], found);
    else {
      // By number, like all here: it is done for each domain before V8 optimises it.
      for (let index = 0; index < node.nodes.length; index++) {
        const token = node.tokens[index] as string;
        compare(
          node.nodes[index] as PlaceNode,
          ownMember(a as JsonObject, token),
          ownMember(b as JsonObject, token),
          found,
        );
      }
    }
  }
};

const compareLists = (node: PlaceNode, a: readonly Json[], b: readonly Json[], found: Set<number>): void => {
  // An index as such is nothing that clauses ask for.
  const known = node.tokens.length === 0 || (node.tokens.length === 1 && node.tokens[0] === '*');
  if (a.length !== b.length || !known) addAll(found, node.any);
  else if (node.nodes.length === 1) {
    for (let index = 0; index < a.length; index++) compare(node.nodes[0] as PlaceNode, a[index], b[index], found);
  }
};

/**
 * The clauses to which anything of what they look at is another in `facts` than in `before`, by their index: all others hold for
 * the one as for the other. What both share, as one and the same object, costs nothing.
 */
export const clausesConcerned = (tree: PlaceNode, before: JsonObject, facts: JsonObject): ReadonlySet<number> => {
  const found = new Set<number>();
  compare(tree, before, facts, found);
  return found;
};
