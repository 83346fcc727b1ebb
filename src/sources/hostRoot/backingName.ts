import type { ImageHeader } from '../../model/imageHeader.ts';
import { backingJson } from './backingJson.ts';
import { networkSource } from './networkSource.ts';
import { rbdSource } from './rbdSource.ts';
import { urlSource } from './urlSource.ts';

/** `unix:SOCKET` or `HOST:PORT`, and `:exportname=NAME`. */
const nbdSource = (name: string): Pick<ImageHeader, 'network'> | undefined => {
  const [, where = '', exported = ''] = /^(.*?)(?::exportname=(.*))?$/s.exec(name) ?? [];
  const socket = /^unix:(.+)$/s.exec(where)?.[1];
  if (socket !== undefined) return networkSource('nbd', exported, [{ socket }]);
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:[]+)):(\d+)$/s.exec(where) ?? [];
  return port === undefined ? undefined : networkSource('nbd', exported, [{ name: bracketed ?? plain, port }]);
};

const meant = (name: string): Pick<ImageHeader, 'backing' | 'network'> | undefined => {
  if (name.startsWith('json:')) return backingJson(name.slice('json:'.length));
  if (name.includes('://')) return urlSource(name);
  if (name.startsWith('rbd:')) return rbdSource(name.slice('rbd:'.length));
  if (name.startsWith('nbd:')) return nbdSource(name.slice('nbd:'.length));
  return undefined;
};

/**
 * What the name of a backing file stands for. That is as libvirt takes it, which tells QEMU all that a disk lies on (seen with
 * 9.0): a path, unless a colon is in it before any slash; an address; or `json:` and options of QEMU's. `file:`, and whatever
 * else it refuses so that the domain does not start, is unknown. User, key, query and cookies are left out.
 */
export const backingName = (name: string): Pick<ImageHeader, 'backing' | 'network' | 'why'> =>
  /^[^/:]*:/s.test(name)
    ? (meant(name) ?? { why: 'what it lies on is named in a way that libvirt does not understand' })
    : { backing: name };
