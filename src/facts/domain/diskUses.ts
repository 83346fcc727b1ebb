import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import { type DiskSource, placeOf } from './diskSources.ts';
import { imageLayers } from './imageLayers.ts';
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
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? [found as JsonObject] : [];
};

/**
 * All that a disk is stored in (formatdomain, "Hard drives, floppy disks, CDROMs"): its own source, the images below it,
 * which are only read and so may be below many disks, and the mirror that a block job writes. Each may keep its data apart,
 * in a `<dataStore>`.
 *
 * @param learns whether libvirt would read images' headers
 */
export const diskUses = (source: DiskSource, view: StorageView, learns: boolean): DiskUse[] => {
  const use = ({ has, asks }: Names, access: DiskUse['access']): DiskUse[] =>
    has.length === 0 ? [] : [{ has, asks, access }];
  const data = (image: JsonObject, access: DiskUse['access']): DiskUse[] =>
    child(image, '/source/dataStore').flatMap((store) => use(placeOf(store, view), access));
  const whole = (
    image: JsonObject,
    place: Omit<DiskSource, 'index' | 'disk'>,
    access: DiskUse['access'],
  ): DiskUse[] => [
    ...use(place, access),
    ...data(image, access),
    ...imageLayers(image, place, view, learns).below.flatMap((layer) => [
      ...use(layer, 'reads'),
      ...(layer.image === undefined ? [] : data(layer.image, 'reads')),
    ]),
  ];
  const { disk } = source;
  return [
    ...whole(disk, source, accessOf(disk)),
    ...child(disk, '/mirror').flatMap((mirror) => whole(mirror, placeOf(mirror, view), 'writes')),
  ];
};
