import type { Json, JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { ParsedDomain } from './parsedDomain.ts';

/** One disk of a domain and what it is stored in. */
export interface DiskSource {
  /** Place of the disk in the domain's XML. */
  index: number;
  disk: JsonObject;
  /** On the host: a file or device. */
  path?: string;
  /** The same for two disks exactly when they are stored in the same place. */
  identity?: string;
}

const text = (disk: JsonObject, pointer: string): string | undefined => {
  const value = valueAt(disk, pointer);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** Where a network disk is: one image name on two clusters is two images. */
const networkIdentity = (disk: JsonObject): string | undefined => {
  const name = text(disk, '/source/@name');
  if (name === undefined) return undefined;
  const hosts: Json | undefined = valueAt(disk, '/source/host');
  const names = (Array.isArray(hosts) ? (hosts as readonly JsonObject[]) : []).map(
    (host) => `${host['@name'] ?? host['@socket'] ?? ''}:${host['@port'] ?? ''}`,
  );
  return [text(disk, '/source/@protocol'), name, ...names.sort()].join(' ');
};

/** Which namespace of which controller: `domain`, `bus` and the like may be written in hexadecimal or not; left out, each is 0. */
const nvmeIdentity = (disk: JsonObject): string | undefined => {
  const namespace = text(disk, '/source/@namespace');
  if (namespace === undefined || valueAt(disk, '/source/address') === undefined) return undefined;
  const parts = ['domain', 'bus', 'slot', 'function'].map((part) =>
    Number(text(disk, `/source/address/@${part}`) ?? 0),
  );
  return ['nvme', ...parts, Number(namespace)].join(' ');
};

/** Where a disk, or an image that one is made of, is stored. */
export const sourceOf = (
  disk: JsonObject,
  realpath: (path: string) => string,
): Pick<DiskSource, 'path' | 'identity'> => {
  switch (disk['@type']) {
    case 'file':
    case 'block': {
      const path = text(disk, disk['@type'] === 'file' ? '/source/@file' : '/source/@dev');
      return path?.startsWith('/') ? { path, identity: realpath(path) } : {};
    }
    case 'network': {
      const identity = networkIdentity(disk);
      return identity === undefined ? {} : { identity };
    }
    case 'volume': {
      const [pool, volume] = [text(disk, '/source/@pool'), text(disk, '/source/@volume')];
      return pool === undefined || volume === undefined ? {} : { identity: `volume ${pool} ${volume}` };
    }
    case 'nvme': {
      const identity = nvmeIdentity(disk);
      return identity === undefined ? {} : { identity };
    }
    default:
      return {};
  }
};

/** The disks of a domain, in the order of the XML (formatdomain, "Hard drives, floppy disks, CDROMs"). */
export const diskSources = (
  { domain }: ParsedDomain,
  realpath: (path: string) => string = (path) => path,
): DiskSource[] => {
  const disks = domain === undefined ? undefined : valueAt(domain, '/devices/disk');
  return (Array.isArray(disks) ? (disks as readonly JsonObject[]) : []).map((disk, index) => ({
    index,
    disk,
    ...sourceOf(disk, realpath),
  }));
};
