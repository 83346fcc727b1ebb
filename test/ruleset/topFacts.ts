import { factNames } from '../../src/facts/factNames.ts';

const first = (names: readonly string[]): string[] => names.map((name) => name.split('/')[1] ?? '');

const list = (names: readonly string[]): string => [...new Set(names)].sort().join(', ');

/** What messages about an unknown fact say there is, so that a new fact changes no test. */
export const topFacts = {
  domain: list(['domain', ...first(factNames.domain), ...first(factNames.host)]),
  host: list(first(factNames.host)),
} as const;
