import { diskPaths } from './diskFacts.ts';
import { namedFilePaths } from './namedFiles.ts';
import type { ParsedDomain } from './parsedDomain.ts';

const found = new WeakMap<ParsedDomain, readonly string[]>();

const pathsOf = (parsed: ParsedDomain): readonly string[] => {
  const paths = found.get(parsed) ?? [...diskPaths(parsed), ...namedFilePaths(parsed)];
  found.set(parsed, paths);
  return paths;
};

/** Paths of the host that domains need to find something at when they start. */
export const hostPaths = (domains: readonly ParsedDomain[]): string[] => [...new Set(domains.flatMap(pathsOf))];
