import type { Violation } from '../model/finding.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { memberAt } from '../model/pointer.ts';
import { sameJson } from '../model/sameJson.ts';
import { itemLabel } from './itemLabel.ts';

const isList = Array.isArray;

/** Whether something is there in both, and of one kind: a clause that reads a place also reads whether one can get there. */
const sameKind = (a: Json | undefined, b: Json | undefined): boolean =>
  typeof a === typeof b && (a === null) === (b === null) && isList(a) === isList(b);

/** Whether a place is the same in both; of a place in each item of a list, whether all of the list is. */
const sameAt = (place: readonly string[], before: JsonObject, facts: JsonObject): boolean => {
  let [a, b]: [Json | undefined, Json | undefined] = [before, facts];
  for (const token of place) {
    if (a === b) return true;
    if (token === '*') break;
    a = memberAt(a, token);
    b = memberAt(b, token);
    if (!sameKind(a, b)) return false;
  }
  return sameJson(a, b);
};

/**
 * Whether a clause that touches `places` is violated by `facts` just as it was by `before`, in `violations`: all that it reads
 * is the same there, and so are the names of the list items that the violations are in. Most domains of a host are made alike,
 * and this is told sooner than what is wrong with each.
 */
export const explainedAlike = (
  places: readonly (readonly string[])[],
  before: JsonObject,
  violations: readonly Violation[],
  facts: JsonObject,
): boolean =>
  places.every((place) => sameAt(place, before, facts)) &&
  violations.every(({ at }) => itemLabel(before, at) === itemLabel(facts, at));
