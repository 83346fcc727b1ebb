import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { valueAt } from '../model/pointer.ts';

/** The pointer of `{$data: POINTER}`, by which a rule takes a value from the facts; undefined of any other value. */
export const referenceIn = (value: Json): string | undefined =>
  isObject(value) && '$data' in value ? String(value.$data) : undefined;

/** A value as a rule has it; where it is a reference, what the facts hold there. */
export const resolved = (value: Json, facts: JsonObject): Json | undefined => {
  const pointer = referenceIn(value);
  return pointer === undefined ? value : valueAt(facts, pointer);
};
