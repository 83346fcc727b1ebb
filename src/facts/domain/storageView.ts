import { headerIn, type ImageHeader } from '../../model/imageHeader.ts';
import { remembered } from '../../model/remembered.ts';
import type { HostTree } from '../host/hostTree.ts';
import { type StoragePools, storagePools } from '../host/storagePools.ts';

/** What of the host tells where disks are stored, and on what. */
export interface StorageView extends StoragePools {
  realpath(path: string): string;
  /** What the header of an image says; undefined where it was not looked at. */
  header(path: string): ImageHeader | undefined;
}

/** The view that a host's documents give. */
export const storageView = remembered(
  (tree: HostTree): StorageView => ({
    ...storagePools(tree),
    realpath: tree.realpath,
    header: (path) => {
      const known = tree.read(path);
      if (known === undefined) return undefined;
      if ('unreadable' in known) return { format: 'unknown', why: known.unreadable };
      return headerIn(known.text);
    },
  }),
);
