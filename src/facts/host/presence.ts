import type { HostTree } from './hostTree.ts';

/** Whether something is at a path, links followed. */
export type Presence = { is: 'present' } | { is: 'missing' } | { is: 'unknown'; why: string };

/** What only a running host with libvirt has: its first process, and libvirt's configuration. */
const signs = ['/proc/1', '/etc/libvirt'];

/**
 * Whether a file, device or directory is there. Only of a running libvirt host can it be said that something is missing:
 * its images may lie on mounts, and its devices in /dev, that a disk, a bundle or another machine does not have.
 */
export const presenceOf = (tree: HostTree, path: string): Presence => {
  const found = tree.at(path);
  if (found !== undefined) return 'unreadable' in found ? { is: 'unknown', why: found.unreadable } : { is: 'present' };
  const absent = signs.filter((sign) => tree.list(sign) === undefined);
  return absent.length === 0
    ? { is: 'missing' }
    : {
        is: 'unknown',
        why: `${path} is not below the host root, which is not that of a running libvirt host (no ${absent.join(', no ')})`,
      };
};
