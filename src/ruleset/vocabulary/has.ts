import type { AnySchemaObject, MacroKeywordDefinition } from 'ajv';
import { expand } from './expand.ts';

/** `has: {POINTER: SCHEMA}`: the value at each pointer exists and matches. */
export const has: MacroKeywordDefinition = {
  keyword: 'has',
  type: 'object',
  schemaType: 'object',
  macro: (places: Record<string, AnySchemaObject>) => ({
    allOf: Object.entries(places).map(([pointer, schema]) => expand(pointer, schema, true)),
  }),
};
