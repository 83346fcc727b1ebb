import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import { type DiskSource, sourceOf } from './diskSources.ts';

/** What a domain does to something that a disk is stored in. */
export interface DiskUse {
  identity: string;
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
 */
export const diskUses = ({ disk, identity }: DiskSource, realpath: (path: string) => string): DiskUse[] => {
  const at = (image: JsonObject, access: DiskUse['access']): DiskUse[] => {
    const { identity: found } = sourceOf(image, realpath);
    return found === undefined ? [] : [{ identity: found, access }];
  };
  const data = (image: JsonObject, access: DiskUse['access']): DiskUse[] =>
    child(image, '/source/dataStore').flatMap((store) => at(store, access));
  const below = (image: JsonObject): DiskUse[] =>
    child(image, '/backingStore').flatMap((next) => [...at(next, 'reads'), ...data(next, 'reads'), ...below(next)]);

  const access = accessOf(disk);
  return [
    ...(identity === undefined ? [] : [{ identity, access }]),
    ...data(disk, access),
    ...below(disk),
    ...child(disk, '/mirror').flatMap((mirror) => [
      ...at(mirror, 'writes'),
      ...data(mirror, 'writes'),
      ...below(mirror),
    ]),
  ];
};
