import type { Json, JsonObject } from '../../model/json.ts';
import { remembered } from '../../model/remembered.ts';
import { resolved } from '../reference.ts';

const quoted = (value: Json | undefined): string => JSON.stringify(value) ?? 'nothing';

const places = (value: Json, facts: JsonObject, glue: string): string[] =>
  Object.entries(value as JsonObject).map(([pointer, schema]) => {
    const words = describe(schema, facts);
    return words === '' ? pointer : `${pointer}${glue}${words}`;
  });

const all = (schemas: Json, facts: JsonObject): string[] =>
  (schemas as readonly Json[]).map((schema) => describe(schema, facts)).filter((words) => words !== '');

const counted = (value: Json): string => `${String(value)} item${value === 1 ? '' : 's'}`;

/** What an item is to have, or to be without. */
export const having = (schema: Json, facts: JsonObject): string => {
  const words = describe(schema, facts);
  return words.startsWith('without ') ? words : `with ${words}`;
};

/** Nobody reads a longer pattern in a message; the rule's title says what is meant. */
const readable = 120;

const matching = (pattern: string): string =>
  `text that matches ${pattern.length > readable ? 'the pattern of the rule' : pattern}`;

type Phrase = (value: Json, facts: JsonObject) => string;

const plain =
  (prefix: string): Phrase =>
  (value, facts) =>
    `${prefix}${quoted(resolved(value, facts))}`;

/** How each keyword reads after "expected". Keywords that only support another say nothing. */
const phrases: Readonly<Record<string, Phrase>> = {
  const: plain(''),
  enum: (value, facts) => {
    const choices = resolved(value, facts);
    return Array.isArray(choices) ? `one of ${choices.map(quoted).join(', ')}` : quoted(choices);
  },
  pattern: (value, facts) => matching(String(resolved(value, facts))),
  minLength: plain('length at least '),
  maxLength: plain('length at most '),
  minimum: plain('at least '),
  maximum: plain('at most '),
  minItems: (value) => `at least ${counted(value)}`,
  maxItems: (value) => (value === 0 ? 'no items' : `at most ${counted(value)}`),
  has: (value, facts) => places(value, facts, ' ').join(', '),
  mayHave: (value, facts) => places(value, facts, ' absent or ').join(', '),
  lacks: (value) => `without ${(value as readonly Json[]).join(', ')}`,
  contains: (value, facts) => `an item ${having(value, facts)}`,
  items: (value, facts) => `every item ${having(value, facts)}`,
  not: (value, facts) => `anything but ${describe(value, facts)}`,
  anyOf: (value, facts) => all(value, facts).join(' or '),
  allOf: (value, facts) => all(value, facts).join(', '),
  if: (value, facts) => `where ${describe(value, facts)}:`,
  then: (value, facts) => describe(value, facts),
  else: (value, facts) => `otherwise ${describe(value, facts)}`,
};

/** Where a rule's author has words of their own, as for a pattern that nobody reads, these. */
const said = (schema: JsonObject, facts: JsonObject): string =>
  typeof schema.description === 'string'
    ? schema.description
    : Object.entries(schema)
        .map(([keyword, value]) => phrases[keyword]?.(value, facts) ?? '')
        .filter((words) => words !== '')
        .join(', ');

/** The words of a schema that says the same whatever the facts are; undefined where it refers to them. */
const always = remembered((schema: JsonObject): { words?: string } =>
  JSON.stringify(schema).includes('"$data"') ? {} : { words: said(schema, {}) },
);

/** What `schema` wants, in words that read after "expected"; empty when it wants nothing in particular. */
export const describe = (schema: Json, facts: JsonObject): string => {
  if (typeof schema !== 'object' || schema === null) return '';
  return always(schema as JsonObject).words ?? said(schema as JsonObject, facts);
};
