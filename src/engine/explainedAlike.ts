import type { Violation } from '../model/finding.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { memberAt, pointerTokens } from '../model/pointer.ts';
import { sameJson } from '../model/sameJson.ts';

/** Whether what is at a place is the same in both, with all of the list item around it: its name is in the message. */
const sameAround = (at: string, before: JsonObject, facts: JsonObject): boolean => {
  let a: Json | undefined = before;
  let b: Json | undefined = facts;
  for (const token of pointerTokens(at)) {
    const isItem = Array.isArray(a) && Array.isArray(b);
    a = memberAt(a, token);
    b = memberAt(b, token);
    if (a === b || isItem) break;
  }
  return sameJson(a, b);
};

/** Whether facts that a rule sees no difference between violate it in the same words, in which there may be more than it sees. */
export const explainedAlike = (violations: readonly Violation[], before: JsonObject, facts: JsonObject): boolean =>
  violations.every(({ at }) => sameAround(at, before, facts));
