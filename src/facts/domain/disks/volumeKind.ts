import type { JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import type { StorageView } from './storageView.ts';

/**
 * What a disk of type `volume` is by its pool: `file`, `block`, `network`, or `unknown` where the host has no such pool; or
 * why that can't be told. Nothing of other disks.
 */
export const volumeKind = (disk: JsonObject, view: StorageView): { volume?: string; why?: string } => {
  if (disk['@type'] !== 'volume') return {};
  const [pool, name] = [valueAt(disk, '/source/@pool'), valueAt(disk, '/source/@volume')];
  if (typeof pool !== 'string' || typeof name !== 'string') return { volume: 'unknown' };
  const meant = view.volume(pool, name);
  if (meant !== undefined) return { volume: String(meant['@type']) };
  const why = view.unread(pool);
  return why === undefined ? { volume: 'unknown' } : { why };
};
