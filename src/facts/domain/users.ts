import type { ParsedDomain } from './parsedDomain.ts';

/** Which domains use a thing: by uuid, since a domain's two definitions never run side by side. */
export interface Users {
  add(thing: string, user: ParsedDomain): void;
  /** The names of the other domains that do, in order. */
  others(thing: string, asking: ParsedDomain): readonly string[];
}

const identity = ({ uuid, name }: ParsedDomain): string => uuid ?? name;

/** Of nothing yet. */
export const createUsers = (): Users => {
  const users = new Map<string, Map<string, string>>();
  // Where many use one thing, each of them asks for the others.
  const inOrder = new Map<string, readonly (readonly [id: string, name: string])[]>();
  const sorted = (thing: string): readonly (readonly [id: string, name: string])[] => {
    const known =
      inOrder.get(thing) ?? [...(users.get(thing) ?? [])].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
    inOrder.set(thing, known);
    return known;
  };
  return {
    add: (thing, user) => {
      users.set(thing, (users.get(thing) ?? new Map<string, string>()).set(identity(user), user.name));
      inOrder.delete(thing);
    },
    others: (thing, asking) => {
      const id = identity(asking);
      const known = users.get(thing);
      // Most things have one user.
      if (known === undefined || (known.size === 1 && known.has(id))) return [];
      return sorted(thing)
        .filter(([other]) => other !== id)
        .map(([, name]) => name);
    },
  };
};

/** So many are named. */
export const maxNamed = 10;

/**
 * The first few, and how many more there are: were each of some thousands of domains told all the others, no report could
 * hold the square of them. Empty only where the names are.
 */
export const fewOf = (names: readonly string[]): string[] =>
  names.length <= maxNamed ? [...names] : [...names.slice(0, maxNamed), `and ${names.length - maxNamed} more`];
