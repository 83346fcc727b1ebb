import { posix } from 'node:path';
import { fromBytes } from '../../../model/bytes.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import { parseXml } from '../../xml/parseXml.ts';
import type { HostTree } from '../hostTree.ts';

/** Where libvirt keeps pools that are defined, and what it knows of those that are active, defined or not. */
const folders = ['/etc/libvirt/storage', '/run/libvirt/storage'];

/** Pools whose volumes are files or devices, by their names, below the target (formatstorage, "Storage pool XML"). */
const inFolder: Readonly<Record<string, 'file' | 'block'>> = {
  dir: 'file',
  fs: 'file',
  netfs: 'file',
  logical: 'block',
};

/** What is known of the storage pools of a host. */
export interface StoragePools {
  /** What a volume is, as a disk's `@type` and `source` would say it; undefined where that is not known. */
  volume(pool: string, name: string): JsonObject | undefined;
  /** Why a pool may be what is not known. */
  unread(pool: string): string | undefined;
}

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

const sourceIn = (pool: JsonObject, volume: string): JsonObject | undefined => {
  const type = text(pool['@type']) ?? '';
  if (type === 'rbd') {
    const [name, host] = [text(valueAt(pool, '/source/name')), valueAt(pool, '/source/host')];
    const hosts = Array.isArray(host) ? host : host === undefined ? [] : [host];
    if (name === undefined) return undefined;
    return { '@type': 'network', source: { '@protocol': 'rbd', '@name': `${name}/${volume}`, host: hosts } };
  }
  const [target, kind] = [text(valueAt(pool, '/target/path')), inFolder[type]];
  if (kind === undefined || !target?.startsWith('/') || /^\.{0,2}$|\//.test(volume)) return undefined;
  return { '@type': kind, source: { [kind === 'file' ? '@file' : '@dev']: posix.join(target, volume) } };
};

/** The pools that libvirt's storage driver has on this host (formatstorage). */
export const storagePools = (tree: HostTree): StoragePools => {
  const pools = new Map<string, JsonObject>();
  const unread = new Map<string, string>();
  const hidden = folders.flatMap((folder) => {
    const found = tree.directory(folder);
    return found !== undefined && 'unreadable' in found ? [found.unreadable] : [];
  });
  for (const path of folders.flatMap((folder) => (tree.list(folder) ?? []).map((name) => `${folder}/${name}`))) {
    const known = path.endsWith('.xml') ? tree.read(path) : undefined;
    if (known === undefined) continue;
    const parsed = 'unreadable' in known ? known : parseXml(fromBytes(known.text), ['pool', 'poolstate']);
    const name = posix.basename(path, '.xml');
    if ('unreadable' in parsed) unread.set(name, parsed.unreadable);
    else if (!parsed.ok) unread.set(name, `${path}: ${parsed.reason}`);
    else {
      const pool = valueAt(parsed.document, parsed.root === 'pool' ? '/pool' : '/poolstate/pool');
      // What is defined counts before what runs.
      if (typeof pool === 'object' && pool !== null && !pools.has(name)) pools.set(name, pool as JsonObject);
    }
  }
  return {
    volume: (pool, name) => {
      const known = pools.get(pool);
      return known === undefined ? undefined : sourceIn(known, name);
    },
    unread: (pool) => (pools.has(pool) ? undefined : (hidden[0] ?? unread.get(pool))),
  };
};
