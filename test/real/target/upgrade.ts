import { cp, stat } from 'node:fs/promises';
import type { PrivateLibvirt } from '../privateLibvirt.ts';

/** Where libvirt keeps what outlives the upgrade of its packages, and the tests their images. */
const kept = [
  '/etc/libvirt/qemu',
  '/var/lib/libvirt/images',
  '/var/lib/libvirt/qemu/nvram',
  '/var/lib/libvirt/qemu/save',
  '/var/lib/libvirt/qemu/snapshot',
];

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * What an upgrade of the packages does to a host: the daemon of the new release finds, when it starts, what the old one's left.
 * Domains are then loaded, not defined: libvirt lists even those that it would not let anybody define.
 */
export const upgrade = async (current: PrivateLibvirt, target: PrivateLibvirt): Promise<void> => {
  await target.kill();
  for (const folder of kept) {
    const from = current.path(folder);
    if (await isFolder(from)) await cp(from, target.path(folder), { recursive: true });
  }
  await target.restart();
};
