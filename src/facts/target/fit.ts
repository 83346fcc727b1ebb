import type { Json, JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { Unknown } from '../../model/subject.ts';

/** One part of what the target offers a domain; pointers are from its facts on. */
export interface Fit {
  facts: Json;
  unknown: readonly Unknown[];
}

/** The text at a place of a domain's XML. */
export const textAt = (domain: JsonObject, pointer: string): string | undefined => {
  const value = valueAt(domain, pointer);
  const found = typeof value === 'object' && value !== null ? (value as JsonObject)['#text'] : value;
  return typeof found === 'string' && found !== '' ? found : undefined;
};

/** Why something is missing, where it is. */
export const missing = (why: string | undefined): { missing?: string } => (why === undefined ? {} : { missing: why });
