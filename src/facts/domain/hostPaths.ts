import { remembered } from '../../model/remembered.ts';
import { diskPaths } from './diskFacts.ts';
import { helperPaths } from './helperPaths.ts';
import { namedFilePaths } from './namedFiles.ts';
import type { ParsedDomain } from './parsedDomain.ts';

const pathsOf = remembered((parsed: ParsedDomain): readonly string[] => [
  ...diskPaths(parsed),
  ...namedFilePaths(parsed),
  ...helperPaths(parsed).flatMap(({ path, mayBeLink }) => (mayBeLink ? [path] : [])),
]);

/** Paths of the host that domains need to find something at when they start, or that may lead elsewhere. */
export const hostPaths = (domains: readonly ParsedDomain[]): string[] => [...new Set(domains.flatMap(pathsOf))];
