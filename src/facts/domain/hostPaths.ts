import type { HostPaths } from '../../model/hostPaths.ts';
import type { HostTree } from '../host/hostTree.ts';
import { diskSources } from './diskSources.ts';
import { filesystemPaths } from './filesystemFacts.ts';
import { hasKnownType } from './imageFormat.ts';
import { imageLayers, learnsChains } from './imageLayers.ts';
import { namedFilePaths } from './namedFiles.ts';
import type { ParsedDomain } from './parsedDomain.ts';
import { type StorageView, storageView } from './storageView.ts';

/** What domains are stored in, boot from and are run by, on a host whose storage pools tell where volumes are. */
export const storedPaths = (domains: readonly ParsedDomain[], tree: HostTree): HostPaths => {
  // Links are not known yet, and nothing is compared.
  const view: StorageView = { ...storageView(tree), realpath: (path) => path };
  const [paths, layered, single] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const parsed of domains) {
    const learns = learnsChains(parsed);
    for (const source of diskSources(parsed, view)) {
      const { below, open } = imageLayers(source.disk, source, view, learns);
      for (const { path } of [source, ...below]) if (path !== undefined) paths.add(path);
      if (open !== undefined) layered.add(open);
      if (learns && source.path !== undefined && hasKnownType(source)) single.add(source.path);
    }
    for (const path of namedFilePaths(parsed)) paths.add(path);
  }
  const images = [
    ...[...layered].map((path) => ({ path, follow: true })),
    ...[...single].filter((path) => !layered.has(path)).map((path) => ({ path, follow: false })),
  ];
  return { paths: [...paths], images };
};

/** What domains need to be looked at of the host. */
export const hostPaths = (domains: readonly ParsedDomain[], tree: HostTree): HostPaths => {
  const { paths, images } = storedPaths(domains, tree);
  return { paths: [...new Set([...paths, ...domains.flatMap(filesystemPaths)])], images };
};
