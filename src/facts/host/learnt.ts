import type { JsonObject } from '../../model/json.ts';
import type { Unknown } from '../../model/subject.ts';

/** Facts, and the places among them whose value could not be learnt. Pointers are from the root of all facts. */
export interface Learnt {
  facts: JsonObject;
  unknown: readonly Unknown[];
}
