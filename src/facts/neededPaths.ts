import type { Document } from '../model/document.ts';
import type { HostPaths } from '../model/hostPaths.ts';
import { defaultParameters, type Parameters } from '../model/parameters.ts';
import { namedDirectories } from './domain/channels/namedDirectories.ts';
import { hostPaths } from './domain/hostPaths.ts';
import type { ParsedDomain } from './domain/parsedDomain.ts';
import { socketsPathOf } from './host/folders/socketsPath.ts';
import { socketDirectories } from './host/hostFacts.ts';
import { createHostTree } from './host/hostTree.ts';

/**
 * What of the host the facts need to be looked at, given the domains and what is known of the host so far: directories that
 * sockets are made in, what domains need to start, and images whose headers matter.
 */
export const neededPaths = (
  domains: readonly ParsedDomain[],
  documents: readonly Document[],
  { socketsPath }: Parameters = defaultParameters,
): HostPaths => {
  const tree = createHostTree(documents);
  const sockets = socketDirectories(socketsPathOf(tree, socketsPath), namedDirectories(domains));
  const { paths, images } = hostPaths(domains, tree);
  return { paths: [...sockets.map(({ path }) => path), ...paths], images };
};
