import { namedSettings } from '../daemon/namedSettings.ts';
import { noVersion, type Versions } from '../daemon/versions.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';

/** libvirt 9.0.0 has no core dumps where nothing is said, 11.3.0 all of them (their qemu.conf). In between, the worse. */
const noneByDefault = /^([0-8]|9\.0)\./;

/**
 * `host.qemu.coreSize`: how large a core dump of QEMU may get, qemu.conf's `max_core` or libvirt's default: 0 for none. An
 * unreadable qemu.conf makes all of `/host/qemu` unknown already.
 */
export const coreSize = (tree: HostTree, { libvirt }: Versions): Learnt => {
  const settings = namedSettings(tree, '/etc/libvirt/qemu.conf', { max_core: 'value', dump_guest_core: 'value' }) ?? {};
  const set = settings.max_core;
  if (set !== undefined) return { facts: { coreSize: set }, unknown: [] };
  if (libvirt !== undefined) {
    return { facts: { coreSize: noneByDefault.test(libvirt) ? 0 : 'unlimited' }, unknown: [] };
  }
  // Where guests' memory is left out of them, nobody needs to know it.
  const matters = settings.dump_guest_core === 1;
  return { facts: {}, unknown: matters ? [{ at: '/host/qemu/coreSize', reason: noVersion }] : [] };
};
