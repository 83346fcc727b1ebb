import { remembered } from '../../../model/remembered.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import { type DiskSource, diskSources } from './diskSources.ts';
import { type DiskUse, diskUses } from './diskUses.ts';
import { imageLayers, type Layers, learnsChains } from './imageLayers.ts';
import type { StorageView } from './storageView.ts';

/** A disk with all that it is stored in. */
export interface StoredDisk extends DiskSource {
  layers: Layers;
  uses: readonly DiskUse[];
}

const disksIn = remembered((view: StorageView) =>
  remembered((parsed: ParsedDomain): readonly StoredDisk[] => {
    const learns = learnsChains(parsed);
    return diskSources(parsed, view).map((source) => {
      const layers = imageLayers(source.disk, source, view, learns);
      return { ...source, layers, uses: diskUses(source, layers, view, learns) };
    });
  }),
);

/** The disks of a domain; asked for by several facts, and drawn once for each host. */
export const storedDisks = (parsed: ParsedDomain, view: StorageView): readonly StoredDisk[] => disksIn(view)(parsed);
