import { posix } from 'node:path';
import type { HostTree } from '../host/hostTree.ts';
import { socketsPath } from '../host/socketsPath.ts';

/** libvirt's own directories, which packages create and AppArmor's and SELinux' shipped policies know. */
const libvirts = /^((\/var)?\/run|\/var\/lib)\/libvirt\/qemu(\/|$)/;

/** Whether libvirt or CloudStack's agent (`qemu.sockets.path`) keep a directory for sockets; text says why that is unknown. */
export const managedDirectory = (directory: string, tree: HostTree): boolean | string => {
  const normal = posix.normalize(directory);
  if (libvirts.test(normal)) return true;
  const cloudstack = socketsPath(tree);
  if (cloudstack === undefined) return false;
  if ('unreadable' in cloudstack) return cloudstack.unreadable;
  return normal === posix.normalize(cloudstack.path);
};
