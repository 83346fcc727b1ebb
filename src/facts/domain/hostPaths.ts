import type { HostPaths } from '../../model/hostPaths.ts';
import { remembered } from '../../model/remembered.ts';
import type { HostTree } from '../host/hostTree.ts';
import { helperPaths } from './confinement/helperPaths.ts';
import { diskSources } from './disks/diskSources.ts';
import { hasKnownType } from './disks/imageFormat.ts';
import { imageLayers, standsStill } from './disks/imageLayers.ts';
import { type StorageView, storageView } from './disks/storageView.ts';
import { filesystemPaths } from './filesystemFacts.ts';
import { namedFilePaths } from './namedFiles.ts';
import type { ParsedDomain } from './parsedDomain.ts';

/** Paths that a domain names, by what they are to it. */
interface Named {
  /** Of what it is stored in, boots from and is run by. */
  stored: readonly string[];
  shared: readonly string[];
  /** Of images whose chains the XML does not end. */
  open: readonly string[];
  /** Of images that can be told from others by their headers. */
  typed: readonly string[];
  /** Whether that hangs on what volumes are. */
  hasVolumes: boolean;
}

const pathsIn = (parsed: ParsedDomain, view: StorageView): Named => {
  const stored: string[] = [];
  const open: string[] = [];
  const typed: string[] = [];
  let hasVolumes = false;
  // The others' live XML tells what they lie on.
  const learns = standsStill(parsed);
  for (const source of diskSources(parsed, view)) {
    const { disk, path } = source;
    const layers = imageLayers(disk, source, view, learns);
    hasVolumes ||= disk['@type'] === 'volume' || layers.below.some(({ image }) => image?.['@type'] === 'volume');
    if (path !== undefined) stored.push(path);
    for (const layer of layers.below) if (layer.path !== undefined) stored.push(layer.path);
    if (layers.open !== undefined) open.push(layers.open);
    if (learns && path !== undefined && hasKnownType(source)) typed.push(path);
  }
  stored.push(...namedFilePaths(parsed));
  for (const { element, path, mayBeLink } of helperPaths(parsed, [])) {
    if (mayBeLink && element !== 'filesystem') stored.push(path);
  }
  return { stored, shared: filesystemPaths(parsed), open, typed, hasVolumes };
};

/** Links don't matter to which paths are named, nor does what headers say: those are followed where they are read. */
const ofXml: StorageView = {
  realpath: (path) => path,
  header: () => undefined,
  volume: () => undefined,
  unread: () => undefined,
};

const withoutPools = remembered((parsed: ParsedDomain) => pathsIn(parsed, ofXml));

const namedBy = (domains: readonly ParsedDomain[], tree: HostTree): Named[] => {
  const view: StorageView = { ...ofXml, volume: storageView(tree).volume };
  return domains.map((parsed) => {
    const known = withoutPools(parsed);
    return known.hasVolumes ? pathsIn(parsed, view) : known;
  });
};

/** What domains are stored in, boot from and are run by, as their XML names it. */
export const storedPaths = (domains: readonly ParsedDomain[], tree: HostTree): ReadonlySet<string> => {
  const paths = new Set<string>();
  for (const { stored } of namedBy(domains, tree)) for (const path of stored) paths.add(path);
  return paths;
};

/** What domains need to be looked at of the host, whose storage pools tell where volumes are. */
export const hostPaths = (domains: readonly ParsedDomain[], tree: HostTree): HostPaths => {
  const [paths, chains, single] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const { stored, shared, open, typed } of namedBy(domains, tree)) {
    for (const path of stored) paths.add(path);
    for (const path of shared) paths.add(path);
    for (const path of open) chains.add(path);
    for (const path of typed) single.add(path);
  }
  const images = [
    ...[...chains].map((path) => ({ path, follow: true })),
    ...[...single].filter((path) => !chains.has(path)).map((path) => ({ path, follow: false })),
  ];
  return { paths: [...paths], images };
};
