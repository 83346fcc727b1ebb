import type { Json } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';

/** The later of two items that share a value, and the index of the earlier. */
export interface Repeat {
  index: number;
  first: number;
  value: Json;
}

/** The same text for equal values, in whatever order their members were written. */
const canonical = (value: Json): string =>
  JSON.stringify(value, (_, inner: Json) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** Every item of `items` whose value at `pointer` an earlier item has too. Items without that value never repeat. */
export const repeats = (pointer: string, items: readonly Json[]): Repeat[] => {
  const seen = new Map<string, number>();
  return items.flatMap((item, index) => {
    const value = valueAt(item, pointer);
    if (value === undefined) return [];
    const key = canonical(value);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    return first === undefined ? [] : [{ index, first, value }];
  });
};

/** What `uniqueBy` asks of a list. */
export const unique = (pointer: string, items: readonly Json[]): boolean => repeats(pointer, items).length === 0;
