import { diskPaths } from './diskFacts.ts';
import { namedFilePaths } from './namedFiles.ts';
import type { ParsedDomain } from './parsedDomain.ts';

/** Paths of the host that domains need to find something at when they start. */
export const hostPaths = (domains: readonly ParsedDomain[]): string[] => [
  ...new Set(domains.flatMap((parsed) => [...diskPaths(parsed), ...namedFilePaths(parsed)])),
];
