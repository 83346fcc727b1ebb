import type { Json, JsonObject } from '../../model/json.ts';

/** JSON Schema keywords hold vacuously on values of other types; here each also demands its own type. */
const typeOf: Readonly<Record<string, string>> = {
  contains: 'array',
  minContains: 'array',
  maxContains: 'array',
  items: 'array',
  minItems: 'array',
  maxItems: 'array',
  uniqueBy: 'array',
  pattern: 'string',
  minLength: 'string',
  maxLength: 'string',
  minimum: 'number',
  maximum: 'number',
  has: 'object',
  mayHave: 'object',
  lacks: 'object',
};

/** Keywords whose value is a schema, a list of schemas, or schemas by pointer. */
const nesting = new Set(['contains', 'items', 'not', 'if', 'then', 'else', 'anyOf', 'allOf', 'has', 'mayHave']);

const inside = (keyword: string, value: Json): Json => {
  if (!nesting.has(keyword)) return value;
  if (Array.isArray(value)) return value.map(implyTypes);
  if (keyword === 'has' || keyword === 'mayHave') {
    return Object.fromEntries(Object.entries(value as JsonObject).map(([at, schema]) => [at, implyTypes(schema)]));
  }
  return implyTypes(value);
};

/** `schema` with the types that its keywords imply, so that a rule never passes because a value has the wrong type. */
export const implyTypes = (schema: Json): Json => {
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema as JsonObject);
  const implied = entries.map(([keyword]) => typeOf[keyword]).find((type) => type !== undefined);
  const typed = implied === undefined || 'type' in schema ? {} : { type: implied };
  return { ...typed, ...Object.fromEntries(entries.map(([keyword, value]) => [keyword, inside(keyword, value)])) };
};
