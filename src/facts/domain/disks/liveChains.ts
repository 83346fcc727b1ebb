import type { ImageHeader } from '../../../model/imageHeader.ts';
import type { JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import type { StorageView } from './storageView.ts';

const fileOf = (image: JsonObject): string | undefined => {
  const path = image['@type'] === 'file' ? valueAt(image, '/source/@file') : undefined;
  return typeof path === 'string' && path.startsWith('/') ? path : undefined;
};

/** What the headers of the images below a running domain's disk say, as libvirt has read them. */
const chainOf = (disk: JsonObject): [path: string, header: ImageHeader][] => {
  const found: [string, ImageHeader][] = [];
  for (let at = disk; ; ) {
    const next = at.backingStore;
    if (typeof next !== 'object' || next === null || !('source' in next)) return found;
    const [path, backing] = [fileOf(at), fileOf(next as JsonObject)];
    const format = valueAt(next as JsonObject, '/format/@type');
    if (path !== undefined && backing !== undefined) {
      found.push([
        path,
        { format: 'qcow2', backing, ...(typeof format === 'string' ? { backingFormat: format } : {}) },
      ]);
    }
    at = next as JsonObject;
  }
};

/**
 * A view in which the images of running domains lie on what their live XML says (formatdomain, `backingStore`): for the same
 * domains' other definitions, which do not say it, no image in use is read.
 */
export const withLiveChains = (view: StorageView, domains: readonly ParsedDomain[]): StorageView => {
  const inUse = new Map<string, ImageHeader>();
  for (const { definition, domain } of domains) {
    const disks = definition === 'live' && domain !== undefined ? valueAt(domain, '/devices/disk') : undefined;
    if (!Array.isArray(disks)) continue;
    for (const disk of disks as readonly JsonObject[]) {
      for (const [path, header] of chainOf(disk)) inUse.set(path, header);
    }
  }
  return { ...view, header: (path) => view.header(path) ?? inUse.get(path) };
};
