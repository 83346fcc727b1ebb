import type { ImageHeader } from '../../model/imageHeader.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { type ImageHost, networkSource } from './networkSource.ts';
import { rbdSource } from './rbdSource.ts';
import { urlSource } from './urlSource.ts';

type Meant = Pick<ImageHeader, 'backing' | 'network'>;

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** `{"file.driver": x}` is `{"file": {"driver": x}}`, and `server.0` the first of a list. */
const nested = (flat: JsonObject): JsonObject => {
  const groups = new Map<string, Json>();
  for (const [key, value] of Object.entries(flat)) {
    const dot = key.indexOf('.');
    if (dot < 0) groups.set(key, isObject(value) ? nested(value) : value);
    else {
      const known = groups.get(key.slice(0, dot));
      groups.set(key.slice(0, dot), { ...(isObject(known) ? known : {}), [key.slice(dot + 1)]: value });
    }
  }
  return Object.fromEntries([...groups].map(([key, value]) => [key, isObject(value) ? nested(value) : value]));
};

const hostOf = (server: JsonObject): ImageHost => ({
  name: text(server.host),
  port: text(server.port),
  socket: text(server.path) ?? text(server.socket),
});

/** In `server` one or a list of them; without, beside the rest, where only NBD's `path` is a socket's. */
const hostsOf = (driver: string, { server, host = '', port = '', path = '' }: JsonObject): ImageHost[] => {
  if (Array.isArray(server)) return server.filter(isObject).map(hostOf);
  if (!isObject(server)) return driver === 'rbd' ? [] : [hostOf({ host, port, path: driver === 'nbd' ? path : '' })];
  return '0' in server ? Object.values(server).filter(isObject).map(hostOf) : [hostOf(server)];
};

const joined = (...parts: readonly (Json | undefined)[]): string => parts.flatMap((part) => text(part) ?? []).join('/');

/** How the drivers of QEMU that libvirt knows name an image on their servers (QEMU's QMP reference, BlockdevOptions). */
const names: Readonly<Record<string, (options: JsonObject) => string>> = {
  gluster: ({ volume, path }) => joined(volume, path),
  nbd: (options) => joined(options.export),
  nfs: ({ path }) => joined(path),
  rbd: ({ pool, namespace, image }) => joined(pool, namespace, image),
  sheepdog: ({ vdi }) => joined(vdi),
  ssh: ({ path }) => joined(path),
  vxhs: (options) => joined(options['vdisk-id']),
};

const onNetwork = (driver: string, options: JsonObject): Meant | undefined => {
  // The older form has all in one, as a name without json: has it.
  const whole = text(options.url) ?? text(options.filename);
  if (whole !== undefined) {
    const source = driver === 'rbd' ? rbdSource(whole.replace(/^rbd:/, '')) : urlSource(whole);
    return source?.network?.['@protocol'] === driver ? source : undefined;
  }
  if (driver === 'iscsi') {
    const [, name, port] = /^(.*?)(?::(\d+))?$/s.exec(text(options.portal) ?? '') ?? [];
    return networkSource(driver, joined(options.target, options.lun ?? 0), [{ name, port }]);
  }
  const name = Object.hasOwn(names, driver) ? names[driver]?.(options) : undefined;
  if (name === undefined) return undefined;
  return networkSource(driver, name, hostsOf(driver, options), driver === 'rbd' ? text(options.conf) : undefined);
};

const onHost = new Set(['file', 'host_device', 'host_cdrom']);

const meant = (options: Json | undefined, mayBeRaw: boolean): Meant | undefined => {
  const driver = isObject(options) ? options.driver : undefined;
  if (!isObject(options) || typeof driver !== 'string') return undefined;
  // The one format that libvirt takes around where an image is.
  if (driver === 'raw') return mayBeRaw ? meant(options.file, false) : undefined;
  if (!onHost.has(driver)) return onNetwork(driver, options);
  const path = text(options.filename);
  // Another would start in whatever folder the daemon and QEMU run.
  return path?.startsWith('/') ? { backing: path } : undefined;
};

/** What stands behind `json:` in the name of a backing file: options of QEMU's, or these in `file`. Undefined where libvirt refuses it. */
export const backingJson = (json: string): Meant | undefined => {
  let options: Json;
  try {
    options = JSON.parse(json) as Json;
  } catch {
    return undefined;
  }
  if (!isObject(options)) return undefined;
  const whole = nested(options);
  return meant('driver' in whole ? whole : whole.file, true);
};
