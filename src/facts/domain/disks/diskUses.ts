import { isObject, type JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import { type DiskSource, type Place, placeOf } from './diskSources.ts';
import { imageLayers, type Layers } from './imageLayers.ts';
import type { Names } from './networkNames.ts';
import type { StorageView } from './storageView.ts';

/** What a domain does to something that a disk is stored in. */
export interface DiskUse extends Names {
  access: 'reads' | 'writes' | 'shares';
}

/** What a domain does to a disk: `<transient/>` writes to a layer of its own, and libvirt makes CD-ROMs read-only. */
const accessOf = (disk: JsonObject): DiskUse['access'] => {
  if ('readonly' in disk || 'transient' in disk || disk['@device'] === 'cdrom') return 'reads';
  return 'shareable' in disk ? 'shares' : 'writes';
};

const child = (parent: JsonObject, pointer: string): JsonObject[] => {
  const found = valueAt(parent, pointer);
  return isObject(found) ? [found] : [];
};

/**
 * All that a disk is stored in (formatdomain, "Hard drives, floppy disks, CDROMs"): its own source, the images below it,
 * which are only read and so may be below many disks, and the mirror that a block job writes. Each may keep its data apart,
 * in a `<dataStore>`.
 *
 * @param layers what it lies on
 * @param learns whether libvirt would read images' headers
 */
export const diskUses = (source: DiskSource, layers: Layers, view: StorageView, learns: boolean): DiskUse[] => {
  const uses: DiskUse[] = [];
  const use = ({ has, asks }: Names, access: DiskUse['access']): void => {
    if (has.length > 0) uses.push({ has, asks, access });
  };
  const data = (image: JsonObject, access: DiskUse['access']): void => {
    for (const store of child(image, '/source/dataStore')) use(placeOf(store, view), access);
  };
  const whole = (image: JsonObject, place: Place, { below }: Layers, access: DiskUse['access']): void => {
    use(place, access);
    data(image, access);
    for (const layer of below) {
      use(layer, 'reads');
      if (layer.image !== undefined) data(layer.image, 'reads');
    }
  };
  whole(source.disk, source, layers, accessOf(source.disk));
  for (const mirror of child(source.disk, '/mirror')) {
    const place = placeOf(mirror, view);
    whole(mirror, place, imageLayers(mirror, place, view, learns), 'writes');
  }
  return uses;
};
