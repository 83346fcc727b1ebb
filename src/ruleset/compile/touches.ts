import type { Look } from '../../model/clause.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { pointerTokens } from '../../model/pointer.ts';
import { referenceIn } from '../reference.ts';

type Tokens = readonly string[];

const lengths = new Set(['minItems', 'maxItems', 'minContains', 'maxContains']);

const isPlain = (value: Json): boolean => typeof value !== 'object';

/** In Unicode's code points, as JSON Schema counts. */
const lengthOf = (value: Json): number => (typeof value === 'string' ? [...value].length : 0);

/** What a value must be like, by the keywords that demand no more of it than that. A value of another kind is not theirs to judge. */
const requirements: Readonly<Record<string, (wanted: Json) => (value: Json) => boolean>> = {
  pattern: (wanted) => {
    const pattern = new RegExp(String(wanted), 'u');
    return (value) => typeof value !== 'string' || pattern.test(value);
  },
  minLength: (wanted) => (value) => lengthOf(value) >= Number(wanted),
  maxLength: (wanted) => (value) => lengthOf(value) <= Number(wanted),
  type: (wanted) => (value) => (wanted === 'integer' ? Number.isInteger(value) : Number.isFinite(value)),
  // To ajv what is not finite is no number.
  minimum: (wanted) => (value) => Number.isFinite(value) && Number(value) >= Number(wanted),
  maximum: (wanted) => (value) => Number.isFinite(value) && Number(value) <= Number(wanted),
};

/** What a keyword that says something of a value itself wants to know of it. */
const seenBy = (keyword: string, value: Json): Look['sees'] => {
  if (lengths.has(keyword)) return 'length';
  if (keyword === 'enum' && Array.isArray(value) && value.every(isPlain)) return value;
  // What another place says, or a whole list or object.
  if (!isPlain(value)) return 'all';
  if (keyword === 'const') return [value];
  if (keyword === 'type' && value !== 'integer' && value !== 'number') return 'kind';
  const met = requirements[keyword]?.(value);
  return met === undefined ? 'all' : { name: `${keyword} ${value}`, met };
};

/** Every place that `schema` looks at when applied at `base`, and what of it matters. */
export const looks = (schema: Json, base: Tokens = []): Look[] => {
  const all = (at: Tokens): Look => ({ at, sees: 'all' });
  const kind = (at: Tokens): Look => ({ at, sees: 'kind' });
  if (typeof schema !== 'object' || schema === null) return [kind(base)];
  const found = Object.entries(schema as JsonObject).flatMap(([keyword, value]): Look[] => {
    switch (keyword) {
      case 'has':
      case 'mayHave':
        return Object.entries(value as JsonObject).flatMap(([at, inner]) =>
          looks(inner, [...base, ...pointerTokens(at)]),
        );
      case 'lacks':
        return (value as readonly string[]).map((at) => kind([...base, ...pointerTokens(at)]));
      case 'contains':
      case 'items':
        return [{ at: base, sees: 'length' }, ...looks(value, [...base, '*'])];
      case 'uniqueBy':
        return [all([...base, '*', ...pointerTokens(value as string)])];
      case 'not':
      case 'if':
      case 'then':
      case 'else':
        return looks(value, base);
      case 'anyOf':
      case 'allOf':
        return (value as readonly Json[]).flatMap((inner) => looks(inner, base));
      case 'description':
        return [];
      default:
        return [{ at: base, sees: seenBy(keyword, value) }, ...referenced(value).map(all)];
    }
  });
  // Whether it is there.
  return found.length === 0 ? [kind(base)] : found;
};

/** Every place that `schema` looks at when applied at `base`, as token paths; `*` stands for any index. */
export const touches = (schema: Json, base: Tokens = []): Tokens[] => looks(schema, base).map(({ at }) => at);

const withInside = (at: Tokens): Tokens => [...at, '**'];

/** The same places, with `**` behind those of which all that is inside matters. */
export const reads = (schema: Json, base: Tokens = []): Tokens[] =>
  looks(schema, base).map(({ at, sees }) => (sees === 'all' ? withInside(at) : at));

/** The place that a `{$data: POINTER}` value reads. */
const referenced = (value: Json): Tokens[] => {
  const pointer = referenceIn(value);
  return pointer === undefined ? [] : [pointerTokens(pointer)];
};

/** The places that say what else `schema` wants, as by `reads`: what its `if`s look at, and where a value is taken from. */
export const conditions = (schema: Json, base: Tokens = []): Tokens[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema as JsonObject).flatMap(([keyword, value]): Tokens[] => {
    switch (keyword) {
      case 'if':
        return reads(value, base);
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
        return referenced(value).map(withInside);
    }
  });
};
