import type { Json, JsonObject } from '../model/json.ts';
import { pointerTokens } from '../model/pointer.ts';

type Tokens = readonly string[];

/** Every place that `schema` looks at when applied at `base`, as token paths; `*` stands for any index. */
export const touches = (schema: Json, base: Tokens = []): Tokens[] => {
  if (typeof schema !== 'object' || schema === null) return [base];
  const found = Object.entries(schema as JsonObject).flatMap(([keyword, value]): Tokens[] => {
    switch (keyword) {
      case 'has':
      case 'mayHave':
        return Object.entries(value as JsonObject).flatMap(([at, inner]) =>
          touches(inner, [...base, ...pointerTokens(at)]),
        );
      case 'lacks':
        return (value as readonly string[]).map((at) => [...base, ...pointerTokens(at)]);
      case 'contains':
      case 'items':
        return [base, ...touches(value, [...base, '*'])];
      case 'uniqueBy':
        return [[...base, '*', ...pointerTokens(value as string)]];
      case 'not':
      case 'if':
      case 'then':
      case 'else':
        return touches(value, base);
      case 'anyOf':
      case 'allOf':
        return (value as readonly Json[]).flatMap((inner) => touches(inner, base));
      default:
        return [base, ...referenced(value)];
    }
  });
  return found.length === 0 ? [base] : found;
};

/** The place that a `{$data: POINTER}` value reads. */
const referenced = (value: Json): Tokens[] =>
  typeof value === 'object' && value !== null && '$data' in value
    ? [pointerTokens(String((value as JsonObject).$data))]
    : [];

/** The places that the `if`s in `schema` look at. */
export const conditions = (schema: Json, base: Tokens = []): Tokens[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema as JsonObject).flatMap(([keyword, value]): Tokens[] => {
    switch (keyword) {
      case 'if':
        return touches(value, base);
      case 'has':
      case 'mayHave':
        return Object.entries(value as JsonObject).flatMap(([at, inner]) =>
          conditions(inner, [...base, ...pointerTokens(at)]),
        );
      case 'contains':
      case 'items':
        return conditions(value, [...base, '*']);
      case 'not':
      case 'then':
      case 'else':
        return conditions(value, base);
      case 'anyOf':
      case 'allOf':
        return (value as readonly Json[]).flatMap((inner) => conditions(inner, base));
      default:
        return [];
    }
  });
};
