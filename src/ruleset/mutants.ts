import { isObject, type Json, type JsonObject } from '../model/json.ts';

/** A clause with one part dropped or turned round, and which. */
export interface Mutant {
  /** The part's place in the clause, and what was done to it. */
  name: string;
  clause: JsonObject;
}

/** Keywords that only mean something together. */
const conditional = ['if', 'then', 'else'];

const without = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

type Rebuild = (part: JsonObject) => JsonObject;

/** Mutants of `clause`, each put back in its place by `rebuild`. */
const mutantsAt = (clause: JsonObject, at: string, rebuild: Rebuild): Mutant[] =>
  Object.entries(clause).flatMap(([keyword, value]): Mutant[] => {
    const here = `${at}.${keyword}`;
    const replaced = (inner: Json): JsonObject => rebuild({ ...clause, [keyword]: inner });
    const dropped = (names: readonly string[]): Mutant => ({
      name: `${here} dropped`,
      clause: rebuild(without(clause, names)),
    });
    switch (keyword) {
      case 'has':
      case 'mayHave':
        return Object.entries(value as JsonObject).flatMap(([pointer, inner]): Mutant[] => {
          const rest = without(value as JsonObject, [pointer]);
          const empty = Object.keys(rest).length === 0;
          return [
            {
              name: `${here}.${pointer} dropped`,
              clause: empty ? rebuild(without(clause, [keyword])) : replaced(rest),
            },
            ...mutantsAt(inner as JsonObject, `${here}.${pointer}`, (part) =>
              replaced({ ...(value as JsonObject), [pointer]: part }),
            ),
          ];
        });
      case 'lacks':
        return (value as readonly string[]).map((pointer) => {
          const rest = (value as readonly string[]).filter((other) => other !== pointer);
          return {
            name: `${here}.${pointer} dropped`,
            clause: rest.length === 0 ? rebuild(without(clause, [keyword])) : replaced(rest),
          };
        });
      case 'anyOf':
      case 'allOf':
        return (value as readonly Json[]).flatMap((inner, index): Mutant[] => {
          const rest = (value as readonly Json[]).filter((_, other) => other !== index);
          return [
            {
              name: `${here}.${index} dropped`,
              clause: rest.length === 0 ? rebuild(without(clause, [keyword])) : replaced(rest),
            },
            ...mutantsAt(inner as JsonObject, `${here}.${index}`, (part) =>
              replaced((value as readonly Json[]).map((other, place) => (place === index ? part : other))),
            ),
          ];
        });
      case 'contains':
        return [dropped(['contains', 'minContains', 'maxContains']), ...mutantsAt(value as JsonObject, here, replaced)];
      case 'items':
      case 'not':
        return [dropped([keyword]), ...(isObject(value) ? mutantsAt(value, here, replaced) : [])];
      case 'if':
        return [
          dropped(conditional),
          { name: `${here} negated`, clause: replaced({ not: value }) },
          ...mutantsAt(value as JsonObject, here, replaced),
        ];
      case 'then':
      case 'else':
        return mutantsAt(value as JsonObject, here, replaced);
      case 'minContains':
        return [dropped([keyword])];
      case 'description':
        // It asks for nothing.
        return [];
      case 'maxContains':
        // `minContains: 0` alone would ask for nothing, and is refused.
        return [dropped(clause.minContains === 0 ? [keyword, 'minContains'] : [keyword])];
      default:
        return [dropped([keyword]), { name: `${here} negated`, clause: negated(clause, keyword, rebuild) }];
    }
  });

/** The clause with one keyword turned round, beside whatever else it says. */
const negated = (clause: JsonObject, keyword: string, rebuild: Rebuild): JsonObject => {
  const rest = without(clause, [keyword]);
  const turned = { not: { [keyword]: clause[keyword] as Json } };
  return rebuild(
    'not' in rest ? { ...rest, allOf: [...((rest.allOf ?? []) as readonly Json[]), turned] } : { ...rest, ...turned },
  );
};

/**
 * Every way of dropping or negating one part of a clause. Examples that can't tell a clause from one of these prove
 * nothing about that part.
 */
export const mutants = (clause: JsonObject): Mutant[] => mutantsAt(clause, 'assert', (part) => part);
