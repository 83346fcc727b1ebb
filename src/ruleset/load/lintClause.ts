import { lintPointer } from '../../facts/lintPointer.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { pointerTokens, toPointer } from '../../model/pointer.ts';
import type { TargetKind } from '../../model/subject.ts';
import { referenceIn } from '../reference.ts';

/** A mistake in a clause: `at` is a JSON pointer into the rule file. */
export interface ClauseMistake {
  at: string;
  message: string;
}

const regexMistake = (pattern: Json): string | undefined => {
  try {
    if (typeof pattern === 'string') new RegExp(pattern, 'u');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};

/** What is wrong with how a pointer is written (RFC 6901, section 3). */
const spelling = (pointer: string): string | undefined => {
  if (pointer !== '' && !pointer.startsWith('/')) return `${pointer} is no JSON pointer: those begin with /`;
  return /~(?![01])/.test(pointer)
    ? `${pointer} is no JSON pointer: ~ is written ~0 there, and / in a name ~1`
    : undefined;
};

/** What JSON Schema can't tell of a clause: places that no subject has, and patterns that are none. */
export const lintClause = (clause: JsonObject, at: string, target: TargetKind): ClauseMistake[] => {
  const walk = (schema: Json, here: string, base: readonly string[]): ClauseMistake[] =>
    typeof schema !== 'object' || schema === null
      ? []
      : Object.entries(schema as JsonObject).flatMap(([keyword, value]) =>
          inside(keyword, value, `${here}/${keyword}`, base, schema as JsonObject),
        );

  const place = (tokens: readonly string[], where: string): ClauseMistake[] => {
    const message = lintPointer(tokens, target);
    return message === undefined ? [] : [{ at: where, message: `${toPointer(tokens)}: ${message}` }];
  };

  /** The first thing that is wrong with a pointer from the place that `base` spells. */
  const pointed = (base: readonly string[], pointer: string, where: string): ClauseMistake[] => {
    const misspelt = spelling(pointer);
    if (misspelt !== undefined) return [{ at: where, message: misspelt }];
    const tokens = pointerTokens(pointer);
    return tokens.includes('*')
      ? [{ at: where, message: `${pointer}: * is no place; say contains or items for what a list holds` }]
      : place([...base, ...tokens], where);
  };

  const inside = (
    keyword: string,
    value: Json,
    here: string,
    base: readonly string[],
    sibling: JsonObject,
  ): ClauseMistake[] => {
    switch (keyword) {
      case 'has':
      case 'mayHave':
        return Object.entries(value as JsonObject).flatMap(([pointer, schema]) => {
          const where = `${here}${toPointer([pointer])}`;
          const wrong = pointed(base, pointer, where);
          return wrong.length > 0 ? wrong : walk(schema, where, [...base, ...pointerTokens(pointer)]);
        });
      case 'lacks':
        return (value as string[]).flatMap((pointer, index) => pointed(base, pointer, `${here}/${index}`));
      case 'uniqueBy':
        return pointed([...base, '*'], value as string, here);
      case 'contains':
      case 'items': {
        const wrong = place([...base, '*'], here);
        return wrong.length > 0 ? wrong : walk(value, here, [...base, '*']);
      }
      case 'minContains':
        return value === 0 && !('maxContains' in sibling)
          ? [{ at: here, message: 'minContains 0 without maxContains asks for nothing' }]
          : [];
      case 'description':
        return Object.keys(sibling).length === 1
          ? [{ at: here, message: 'description alone asks for nothing; it says in words what other keywords ask for' }]
          : [];
      case 'not':
      case 'if':
      case 'then':
      case 'else':
        return walk(value, here, base);
      case 'anyOf':
      case 'allOf':
        return (value as Json[]).flatMap((schema, index) => walk(schema, `${here}/${index}`, base));
      case 'pattern': {
        const message = regexMistake(value);
        return message === undefined ? reference(value, here) : [{ at: here, message }];
      }
      default:
        return reference(value, here);
    }
  };

  const reference = (value: Json, here: string): ClauseMistake[] => {
    const pointer = referenceIn(value);
    return pointer === undefined ? [] : pointed([], pointer, here);
  };

  return walk(clause, at, []);
};
