import type { Json, JsonObject } from '../model/json.ts';
import { pointerTokens } from '../model/pointer.ts';

type Tokens = readonly string[];

/** A place that a schema looks at, and whether at all that is there: of some lists it only matters how long they are. */
interface Touched {
  at: Tokens;
  whole: boolean;
}

const lengths = new Set(['minItems', 'maxItems', 'minContains', 'maxContains']);

const touched = (schema: Json, base: Tokens): Touched[] => {
  const whole = (at: Tokens): Touched => ({ at, whole: true });
  if (typeof schema !== 'object' || schema === null) return [whole(base)];
  const found = Object.entries(schema as JsonObject).flatMap(([keyword, value]): Touched[] => {
    switch (keyword) {
      case 'has':
      case 'mayHave':
        return Object.entries(value as JsonObject).flatMap(([at, inner]) =>
          touched(inner, [...base, ...pointerTokens(at)]),
        );
      case 'lacks':
        return (value as readonly string[]).map((at) => whole([...base, ...pointerTokens(at)]));
      case 'contains':
      case 'items':
        return [{ at: base, whole: false }, ...touched(value, [...base, '*'])];
      case 'uniqueBy':
        return [whole([...base, '*', ...pointerTokens(value as string)])];
      case 'not':
      case 'if':
      case 'then':
      case 'else':
        return touched(value, base);
      case 'anyOf':
      case 'allOf':
        return (value as readonly Json[]).flatMap((inner) => touched(inner, base));
      default:
        return [{ at: base, whole: !lengths.has(keyword) }, ...referenced(value).map(whole)];
    }
  });
  return found.length === 0 ? [whole(base)] : found;
};

/** Every place that `schema` looks at when applied at `base`, as token paths; `*` stands for any index. */
export const touches = (schema: Json, base: Tokens = []): Tokens[] => touched(schema, base).map(({ at }) => at);

/**
 * Those of them where all that is there matters. Of the others, which are lists, it is their length; and of each way to a place
 * what kind of thing is on it.
 */
export const wholes = (schema: Json): Tokens[] => touched(schema, []).flatMap(({ at, whole }) => (whole ? [at] : []));

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
