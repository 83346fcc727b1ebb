import { neverMissing } from '../../facts/factNames.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { pointerTokens, toPointer } from '../../model/pointer.ts';
import { referenceIn } from '../reference.ts';
import type { ClauseMistake } from './lintClause.ts';

/** Each place that must exist where a pointer's does. */
const onTheWay = (tokens: readonly string[]): string[] =>
  tokens.map((_, index) => toPointer(tokens.slice(0, index + 1)));

/** The places that exist wherever a schema, which is applied to the value at `base`, holds. */
const demanded = (schema: Json | undefined, base: readonly string[]): string[] => {
  if (!isObject(schema)) return [];
  const { has = {}, allOf = [] } = schema;
  return [
    ...Object.entries(has as JsonObject).flatMap(([pointer, inner]) => {
      const place = [...base, ...pointerTokens(pointer)];
      return [...onTheWay(place), ...demanded(inner, place)];
    }),
    ...(allOf as Json[]).flatMap((inner) => demanded(inner, base)),
  ];
};

/**
 * Values taken from places (`{$data: POINTER}`) that may be missing where the clause comes to them: ajv would let such a
 * keyword hold, and a comparison with nothing pass.
 *
 * @param clause one whose places exist (`lintClause`)
 * @param at where the rule's file has it, a JSON pointer
 * @param when what holds already where it is judged
 */
export const lintReferences = (clause: JsonObject, at: string, when?: JsonObject): ClauseMistake[] => {
  const walk = (schema: Json, here: string, base: readonly string[], there: ReadonlySet<string>): ClauseMistake[] => {
    if (Array.isArray(schema)) return schema.flatMap((inner, index) => walk(inner, `${here}/${index}`, base, there));
    if (!isObject(schema)) return [];
    const now = new Set([...there, ...demanded(schema, base)]);
    return Object.entries(schema).flatMap(([keyword, value]) =>
      inside(keyword, value, `${here}/${keyword}`, base, now, schema),
    );
  };

  const inside = (
    keyword: string,
    value: Json,
    here: string,
    base: readonly string[],
    there: ReadonlySet<string>,
    { if: condition }: JsonObject,
  ): ClauseMistake[] => {
    switch (keyword) {
      case 'has':
      case 'mayHave':
        return Object.entries(value as JsonObject).flatMap(([pointer, schema]) => {
          const place = [...base, ...pointerTokens(pointer)];
          return walk(schema, here + toPointer([pointer]), place, new Set([...there, ...onTheWay(place)]));
        });
      case 'contains':
      case 'items':
        return walk(value, here, [...base, '*'], there);
      case 'then':
        return walk(value, here, base, new Set([...there, ...demanded(condition, base)]));
      case 'const':
      case 'enum':
        return referred(value, here, there);
      default:
        return referenceIn(value) === undefined ? walk(value, here, base, there) : referred(value, here, there);
    }
  };

  const referred = (value: Json, here: string, there: ReadonlySet<string>): ClauseMistake[] => {
    const pointer = referenceIn(value);
    if (pointer === undefined || there.has(pointer) || neverMissing.has(pointer)) return [];
    const message = `${pointer} may be missing, and a comparison with nothing holds: demand it, as has: { ${pointer}: {} } in when`;
    return [{ at: here, message }];
  };

  return walk(clause, at, [], new Set(demanded(when, [])));
};
