import type { Json, JsonObject } from '../../model/json.ts';
import { memberAt, pointerTokens } from '../../model/pointer.ts';

/** A place that must exist, and what alone may be there where that is known. */
export interface Demand {
  tokens: readonly string[];
  values?: readonly Json[];
}

const isPlain = (value: Json): boolean => typeof value !== 'object';

const valuesOf = (schema: Json): readonly Json[] | undefined => {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return undefined;
  const { const: only, enum: some } = schema as JsonObject;
  if (only !== undefined && isPlain(only)) return [only];
  return Array.isArray(some) && some.every(isPlain) ? some : undefined;
};

/**
 * What a clause demands at least: what stands in its `has`, as far as it is a place or a plain value. The last first: rules
 * begin with the domain's type, which most domains have.
 */
export const demandsOf = ({ has = {} }: JsonObject): Demand[] =>
  Object.entries(has as JsonObject)
    .map(([pointer, schema]) => {
      const values = valuesOf(schema);
      return { tokens: pointerTokens(pointer), ...(values === undefined ? {} : { values }) };
    })
    .reverse();

/**
 * Whether nothing that a clause demands is missing: it may still not hold. Two of three rules do not apply to a domain, by
 * this alone; and V8 optimises one function for all rules long before the validator of each.
 */
export const meets = (facts: JsonObject, demands: readonly Demand[]): boolean => {
  // By number: until V8 optimises it, of each step of an iterator there is an object.
  for (let demand = 0; demand < demands.length; demand++) {
    const { tokens, values } = demands[demand] as Demand;
    let value: Json | undefined = facts;
    for (let index = 0; index < tokens.length; index++) {
      value = memberAt(value, tokens[index] as string);
      if (value === undefined) return false;
    }
    if (values !== undefined && !values.includes(value)) return false;
  }
  return true;
};
