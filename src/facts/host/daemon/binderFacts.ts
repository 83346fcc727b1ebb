import type { Json, JsonObject } from '../../../model/json.ts';
import type { Learnt } from '../learnt.ts';
import { socketBinder } from './socketBinder.ts';
import { noVersion, type Versions } from './versions.ts';

/**
 * `host.libvirt.socketBinder`: who creates channels' sockets. Where that is not known it matters only for directories that
 * are not QEMU's own: the daemon may write in any.
 *
 * @param user whom QEMU runs as
 */
export const binderFacts = (versions: Versions, directories: readonly JsonObject[], user: Json | undefined): Learnt => {
  const binder = socketBinder(versions);
  if (binder !== 'unknown') return { facts: { socketBinder: binder }, unknown: [] };
  const matters = directories.some(({ owner }) => owner !== undefined && owner !== user);
  return { facts: {}, unknown: matters ? [{ at: '/host/libvirt/socketBinder', reason: noVersion }] : [] };
};
