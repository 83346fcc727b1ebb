import { backingPath, maxLayers } from '../../../model/imageHeader.ts';
import type { JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import { type Place, pathPlace, placeOf } from './diskSources.ts';
import type { StorageView } from './storageView.ts';

/** An image below another. */
export interface Layer extends Place {
  /** The `<backingStore>` that names it; none where the header of the one above does. */
  image?: JsonObject;
}

/** What a disk lies on, from the top. */
export interface Layers {
  below: readonly Layer[];
  /** The image whose header decides what is below all these: the XML does not say it. */
  open?: string;
  /** Why there may be more of them. */
  unsure?: string;
}

/** What runs has its whole chain in its XML; of what starts next, libvirt learns it then. */
export const learnsChains = ({ definition }: ParsedDomain): boolean => definition === 'config';

/** Whether nobody has the domain's images open but to read them. */
export const standsStill = ({ definition, state }: ParsedDomain): boolean =>
  definition === 'config' && state !== 'running' && state !== 'paused';

const isQcow2 = (image: JsonObject): boolean =>
  (valueAt(image, '/driver/@type') ?? valueAt(image, '/format/@type')) === 'qcow2';

/** What the header of an image names, and those of what it lies on. */
const byHeaders = (top: string, view: StorageView): Pick<Layers, 'below' | 'unsure'> => {
  const below: Layer[] = [];
  const seen = new Set<string>();
  for (let at = top; below.length < maxLayers; ) {
    if (seen.has(at)) return { below, unsure: `${at}: it lies on itself, by the headers of images` };
    seen.add(at);
    const header = view.header(at);
    if (header?.why !== undefined)
      return { below, unsure: header.why.includes(at) ? header.why : `${at}: ${header.why}` };
    // What that one lies on is told by its server, as of any disk on the network.
    if (header?.network !== undefined)
      return { below: [...below, placeOf({ '@type': 'network', source: header.network }, view)] };
    const next = header === undefined ? undefined : backingPath(at, header);
    if (next === undefined) break;
    below.push(pathPlace(next, view));
    // Of a raw image nothing is believed that the guest may have written.
    if (header?.backingFormat === 'raw') break;
    at = next;
  }
  return { below };
};

/**
 * The images that a disk, or a mirror of one, lies on (formatdomain, `backingStore`): an empty element ends the chain, where
 * there is none the image's header goes on.
 *
 * @param learns whether libvirt would read headers
 */
export const imageLayers = (disk: JsonObject, { path }: Place, view: StorageView, learns: boolean): Layers => {
  const below: Layer[] = [];
  let [at, top] = [disk, path];
  for (;;) {
    const next = at.backingStore;
    if (next === undefined) break;
    if (typeof next !== 'object' || next === null || !('source' in next)) return { below };
    at = next as JsonObject;
    const place = placeOf(at, view);
    below.push({ ...place, image: at });
    top = place.path;
  }
  if (!learns || top === undefined || !isQcow2(at)) return { below };
  const found = byHeaders(top, view);
  return { ...found, below: [...below, ...found.below], open: top };
};
