import type { ErrorObject } from 'ajv';
import type { Clause } from '../model/clause.ts';
import type { JsonObject } from '../model/json.ts';
import { explain } from './explain.ts';
import { conditions, touches } from './touches.ts';

/** What ajv makes of a schema, just now or when the program was built. */
export interface Validate {
  (facts: unknown): unknown;
  errors?: readonly ErrorObject[] | null;
}

/** A clause from its schema and what ajv made of it. */
export const clauseOf = (schema: JsonObject, validate: Validate): Clause => ({
  holds: (facts) => validate(facts) === true,
  violations: (facts) => (validate(facts) === true ? [] : explain(validate.errors ?? [], facts)),
  touches: touches(schema),
  conditions: conditions(schema),
});
