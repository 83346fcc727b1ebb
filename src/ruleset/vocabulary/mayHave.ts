import type { AnySchemaObject, MacroKeywordDefinition } from 'ajv';
import { expand } from './expand.ts';

/** `mayHave: {POINTER: SCHEMA}`: where the value at a pointer exists, it matches. */
export const mayHave: MacroKeywordDefinition = {
  keyword: 'mayHave',
  type: 'object',
  schemaType: 'object',
  macro: (places: Record<string, AnySchemaObject>) => ({
    allOf: Object.entries(places).map(([pointer, schema]) => expand(pointer, schema, false)),
  }),
};
