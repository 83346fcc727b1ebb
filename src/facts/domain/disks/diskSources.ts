import type { JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import { type Names, networkNames } from './networkNames.ts';
import type { StorageView } from './storageView.ts';

/** Where an image is stored. */
export interface Place extends Names {
  /** On the host: a file or device. */
  path?: string;
  /** Why it may be another place as well. */
  unsure?: string;
}

/** One disk of a domain and what it is stored in. */
export interface DiskSource extends Place {
  /** Place of the disk in the domain's XML. */
  index: number;
  disk: JsonObject;
}

const text = (disk: JsonObject, pointer: string): string | undefined => {
  const value = valueAt(disk, pointer);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const nowhere: Place = { has: [], asks: [] };

const named = (identity: string): Names => {
  const names = [identity];
  return { has: names, asks: names };
};

/** A file or device of the host. */
export const pathPlace = (path: string, { realpath }: Pick<StorageView, 'realpath'>): Place => {
  const names = [realpath(path)];
  return { path, has: names, asks: names };
};

/** Which namespace of which controller: `domain`, `bus` and the like may be written in hexadecimal or not; left out, each is 0. */
const nvmePlace = (disk: JsonObject): Place => {
  const namespace = text(disk, '/source/@namespace');
  if (namespace === undefined || valueAt(disk, '/source/address') === undefined) return nowhere;
  const parts = ['domain', 'bus', 'slot', 'function'].map((part) =>
    Number(text(disk, `/source/address/@${part}`) ?? 0),
  );
  return named(['nvme', ...parts, Number(namespace)].join(' '));
};

/** A volume is what its pool makes of it; one of a pool that is not known is itself alone. */
const volumePlace = (disk: JsonObject, view: StorageView): Place => {
  const [pool, volume] = [text(disk, '/source/@pool'), text(disk, '/source/@volume')];
  if (pool === undefined || volume === undefined) return nowhere;
  const meant = view.volume(pool, volume);
  if (meant !== undefined) return placeOf(meant, view);
  const unsure = view.unread(pool);
  return { ...named(`volume ${pool} ${volume}`), ...(unsure === undefined ? {} : { unsure }) };
};

/** Where a disk, or an image that one is made of, is stored. */
export const placeOf = (disk: JsonObject, view: StorageView): Place => {
  switch (disk['@type']) {
    case 'file':
    case 'block': {
      const path = text(disk, disk['@type'] === 'file' ? '/source/@file' : '/source/@dev');
      return path?.startsWith('/') ? pathPlace(path, view) : nowhere;
    }
    case 'network': {
      const source = valueAt(disk, '/source');
      return typeof source === 'object' && source !== null ? (networkNames(source as JsonObject) ?? nowhere) : nowhere;
    }
    case 'volume':
      return volumePlace(disk, view);
    case 'nvme':
      return nvmePlace(disk);
    default:
      return nowhere;
  }
};

/** The disks of a domain, in the order of the XML (formatdomain, "Hard drives, floppy disks, CDROMs"). */
export const diskSources = ({ domain }: ParsedDomain, view: StorageView): DiskSource[] => {
  const disks = domain === undefined ? undefined : valueAt(domain, '/devices/disk');
  return (Array.isArray(disks) ? (disks as readonly JsonObject[]) : []).map((disk, index) => ({
    index,
    disk,
    ...placeOf(disk, view),
  }));
};
