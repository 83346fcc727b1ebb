import type { ErrorObject } from 'ajv';
import type { Clause } from '../../model/clause.ts';
import type { JsonObject } from '../../model/json.ts';
import { explain } from '../explain/explain.ts';
import { demandsOf, meets } from './demands.ts';
import { conditions, looks, reads } from './touches.ts';

/** What ajv makes of a schema, just now or when the program was built. */
export interface Validate {
  (facts: unknown): unknown;
  errors?: readonly ErrorObject[] | null;
}

/**
 * A clause from its schema and what ajv made of it.
 *
 * @param validate stops at the first thing that is wrong
 * @param explaining goes on to the end and keeps all of it; asked for only where something is wrong
 */
export const clauseOf = (schema: JsonObject, validate: Validate, explaining: () => Validate): Clause => {
  const demands = demandsOf(schema);
  return {
    holds: (facts) => meets(facts, demands) && validate(facts) === true,
    violations: (facts) => {
      const thorough = explaining();
      return thorough(facts) === true ? [] : explain(thorough.errors ?? [], facts);
    },
    // On its own, as what is demanded is missing here, and then nobody asks it.
    prepare: () => void validate({}),
    touches: reads(schema),
    looks: looks(schema),
    conditions: conditions(schema),
  };
};
