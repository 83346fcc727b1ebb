import { headerIn, type ImageHeader } from '../../../model/imageHeader.ts';
import { remembered } from '../../../model/remembered.ts';
import { type StoragePools, storagePools } from '../../host/folders/storagePools.ts';
import type { HostTree } from '../../host/hostTree.ts';

/** What of the host tells where disks are stored, and on what. */
export interface StorageView extends StoragePools {
  realpath(path: string): string;
  /** What the header of an image says; undefined where it was not looked at. */
  header(path: string): ImageHeader | undefined;
}

const headerAt = (tree: HostTree, path: string): ImageHeader | undefined => {
  const known = tree.read(path);
  if (known === undefined) return undefined;
  return 'unreadable' in known ? { format: 'unknown', why: known.unreadable } : headerIn(known.text);
};

/** The view that a host's documents give. */
export const storageView = remembered((tree: HostTree): StorageView => {
  const headers = new Map<string, ImageHeader | undefined>();
  return {
    ...storagePools(tree),
    realpath: tree.realpath,
    header: (path) => {
      const known = headers.get(path);
      if (known !== undefined || headers.has(path)) return known;
      const header = headerAt(tree, path);
      headers.set(path, header);
      return header;
    },
  };
});
