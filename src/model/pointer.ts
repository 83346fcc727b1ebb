import type { Json, JsonObject } from './json.ts';

const split = (pointer: string): string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The pointers of rules and code come again with every domain; those made up on the way must not pile up. */
const known = new Map<string, readonly string[]>();
const mostKnown = 4096;

/** Splits a JSON pointer (RFC 6901) into its unescaped reference tokens. */
export const pointerTokens = (pointer: string): readonly string[] => {
  const before = known.get(pointer);
  if (before !== undefined) return before;
  const tokens = split(pointer);
  if (known.size < mostKnown) known.set(pointer, tokens);
  return tokens;
};

/** The pointer that `tokens` spell. */
export const toPointer = (tokens: readonly (string | number)[]): string =>
  tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/**
 * A member of an object or list, whatever its name, and nothing that these inherit: of that, all is functions but for the
 * prototype itself. `Object.hasOwn` asked each time is what an audit's first round would spend most of its time in.
 */
export const ownMember = (value: JsonObject | readonly Json[], name: string): Json | undefined => {
  const found = (value as JsonObject)[name];
  return (typeof found === 'function' || name === '__proto__') && !Object.hasOwn(value, name) ? undefined : found;
};

/** The value that one reference token leads to from `value`, or undefined where there is none. */
export const memberAt = (value: Json | undefined, token: string): Json | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  // RFC 6901, section 4: into an array, only an index leads.
  if (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/.test(token)) return undefined;
  return ownMember(value as JsonObject, token);
};

/** The value that `pointer` names in `document`, or undefined where there is none. */
export const valueAt = (document: Json | undefined, pointer: string): Json | undefined => {
  let value: Json | undefined = document;
  const tokens = pointerTokens(pointer);
  // By number: until V8 optimises it, of each step of an iterator there is an object.
  for (let index = 0; index < tokens.length; index++) value = memberAt(value, tokens[index] as string);
  return value;
};
