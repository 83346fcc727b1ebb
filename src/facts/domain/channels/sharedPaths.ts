import type { ParsedDomain } from '../parsedDomain.ts';
import { createUsers, fewOf } from '../users.ts';
import { channelSockets } from './socketPaths.ts';

/** Who else listens on a socket path: names of other domains, of many the first few, by path and the domain that asks. */
export const sharedPaths = (
  domains: readonly ParsedDomain[],
  realpath: (path: string) => string = (path) => path,
): ((path: string, asking: ParsedDomain) => string[]) => {
  const users = createUsers();
  for (const parsed of domains) {
    for (const { path, mode } of channelSockets(parsed)) {
      if (path !== undefined && mode !== 'connect') users.add(realpath(path), parsed);
    }
  }
  return (path, asking) => fewOf(users.others(realpath(path), asking));
};
