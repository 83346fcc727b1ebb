import type { ErrorObject } from 'ajv';
import type { Violation } from '../../model/finding.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { toPointer, valueAt } from '../../model/pointer.ts';
import { remembered } from '../../model/remembered.ts';
import { touches } from '../compile/touches.ts';
import { repeats } from '../vocabulary/repeats.ts';
import { describe, having } from './describe.ts';
import { itemLabel } from './itemLabel.ts';

/** Keywords whose own failure says it all, so that what failed inside them is only noise. */
const opaque = new Set(['contains', 'not', 'anyOf', 'lacks']);

/** Keywords that merely pass on the failures inside them. */
const transparent = new Set(['has', 'mayHave', 'if', 'allOf']);

/** By the place in the rule: there are as many as rules have keywords, and each comes again with every domain. */
const inner = new Map<string, boolean>();

/** True when the error arose inside a keyword that is reported as a whole. */
const isInner = ({ schemaPath }: ErrorObject): boolean => {
  const known = inner.get(schemaPath);
  if (known !== undefined) return known;
  const segments = schemaPath.split('/');
  // The segment after `properties` is a name from the facts, not a keyword.
  const keywords = segments.filter((_, index) => segments[index - 1] !== 'properties');
  const found = keywords.slice(0, -1).some((segment) => opaque.has(segment));
  inner.set(schemaPath, found);
  return found;
};

/** The places inside a value that a schema looks at. */
const lookedAt = remembered((schema: object): readonly string[] =>
  touches(schema as JsonObject)
    .filter((tokens) => tokens.length > 0 && !tokens.includes('*'))
    .map(toPointer),
);

/** An object reduced to the places that a schema looks at, so that the actual value fits on a line. */
const glimpse = (value: Json, schema: Json): Json => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const looked = typeof schema === 'object' && schema !== null ? lookedAt(schema) : [];
  if (looked.length === 0) return value;
  const seen: Record<string, Json> = {};
  for (const pointer of looked) {
    const found = valueAt(value, pointer);
    if (found !== undefined) seen[pointer] = found;
  }
  return seen;
};

const violation = (at: string, message: string, actual: Json | undefined): Violation =>
  actual === undefined ? { at, message } : { at, message, actual };

const expected = (words: string): string => `expected ${words === '' ? 'a value' : words}`;

/** The place that `required` misses, and what was wanted of it: descends through the nesting that `has` expands to. */
const missing = (error: ErrorObject, facts: JsonObject): Violation => {
  let at = `${error.instancePath}${toPointer([error.params.missingProperty])}`;
  let schema: JsonObject = (error.parentSchema as { properties: Record<string, JsonObject> }).properties[
    error.params.missingProperty
  ] as JsonObject;
  while (Array.isArray(schema.required) && typeof schema.required[0] === 'string') {
    at += toPointer([schema.required[0]]);
    schema = (schema.properties as Record<string, JsonObject>)[schema.required[0]] as JsonObject;
  }
  return { at, message: expected(describe(schema, facts)) };
};

const contained = (error: ErrorObject, facts: JsonObject): Violation => {
  const { minContains: least, maxContains: most } = error.params as { minContains: number; maxContains?: number };
  const range = most === undefined ? `at least ${least}` : least === 0 ? `at most ${most}` : `${least} to ${most}`;
  const number = most === undefined && least === 1 ? 'an' : most === least ? `exactly ${least}` : range;
  const noun = (most ?? least) === 1 ? 'item' : 'items';
  return {
    at: error.instancePath,
    message: `expected ${number} ${noun} ${having(error.schema as Json, facts)}`,
    actual: (error.data as Json[]).map((item) => glimpse(item, error.schema as Json)),
  };
};

/** The violations that one ajv error stands for: most often one, none for noise. */
const explainError = (error: ErrorObject, facts: JsonObject): Violation[] => {
  if (transparent.has(error.keyword) || isInner(error)) return [];
  const { instancePath: place, data } = error;
  switch (error.keyword) {
    case 'required':
      return [missing(error, facts)];
    case 'contains':
      return [contained(error, facts)];
    case 'lacks':
      return (error.schema as string[]).flatMap((pointer) => {
        const actual = valueAt(data as Json, pointer);
        return actual === undefined ? [] : [violation(`${place}${pointer}`, 'expected nothing there', actual)];
      });
    case 'uniqueBy':
      return repeats(error.schema as string, data as Json[]).map(({ index, first, value }) =>
        violation(
          `${place}/${index}${error.schema as string}`,
          `expected to differ from ${place}/${first}${error.schema as string}`,
          value,
        ),
      );
    case 'type':
      return [violation(place, `expected ${error.params.type as string}`, data as Json)];
    default:
      return [violation(place, expected(describe(pick(error), facts)), glimpse(data as Json, pick(error)))];
  }
};

/** The keywords of a schema alone, each as it stands in the rule, with the rule's own words for what they want. */
const keywordsOf = remembered(
  ({ description, ...keywords }: JsonObject): ReadonlyMap<string, JsonObject> =>
    new Map(
      Object.entries(keywords).map(([keyword, value]) => [
        keyword,
        { [keyword]: value, ...(description === undefined ? {} : { description }) },
      ]),
    ),
);

/** The failing keyword alone. */
const pick = ({ keyword, parentSchema }: ErrorObject): JsonObject =>
  keywordsOf(parentSchema as JsonObject).get(keyword) ?? {};

/** The violation with the name of the list item that it is in. */
const named = (item: Violation, facts: JsonObject): Violation => {
  const label = itemLabel(facts, item.at);
  return label === undefined ? item : { ...item, message: `${item.message} for ${label}` };
};

/** Turns what ajv reports (with `allErrors` and `verbose`) into places, expectations and actual values. */
export const explain = (errors: readonly ErrorObject[], facts: JsonObject): Violation[] => {
  const found = errors.flatMap((error) => explainError(error, facts)).map((item) => named(item, facts));
  if (found.length === 1) return found;
  const distinct = new Map(found.map((item) => [`${item.at}\n${item.message}`, item]));
  return [...distinct.values()];
};
