import type { ParsedDomain } from './parsedDomain.ts';
import { channelSockets } from './socketPaths.ts';

/** Who else listens on a socket path: names of other domains, by path and the domain that asks. */
export const sharedPaths = (
  domains: readonly ParsedDomain[],
  realpath: (path: string) => string = (path) => path,
): ((path: string, asking: ParsedDomain) => string[]) => {
  const users = new Map<string, Map<string, string>>();
  for (const parsed of domains) {
    for (const { path, mode } of channelSockets(parsed)) {
      if (path === undefined || mode === 'connect') continue;
      const byDomain = users.get(realpath(path)) ?? new Map<string, string>();
      byDomain.set(parsed.uuid ?? parsed.name, parsed.name);
      users.set(realpath(path), byDomain);
    }
  }
  return (path, asking) =>
    [...(users.get(realpath(path)) ?? [])]
      .filter(([identity]) => identity !== (asking.uuid ?? asking.name))
      .map(([, name]) => name)
      .sort();
};
