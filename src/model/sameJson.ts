import type { Json, JsonObject } from './json.ts';

/**
 * Whether two values are written alike as JSON, members in the same order too. Parts that are one and the same object
 * cost nothing, however large.
 */
export const sameJson = (a: Json | undefined, b: Json | undefined): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => sameJson(item, b[index]));
  }
  const names = Object.keys(a);
  const others = Object.keys(b);
  return (
    names.length === others.length &&
    names.every((name, index) => name === others[index] && sameJson((a as JsonObject)[name], (b as JsonObject)[name]))
  );
};
