import { posix } from 'node:path';
import type { Parameters } from '../../../model/parameters.ts';
import { socketsPathOf } from '../../host/folders/socketsPath.ts';
import type { HostTree } from '../../host/hostTree.ts';

const isWithin = (directory: string, folder: string): boolean => `${directory}/`.startsWith(`${folder}/`);

const plain = (path: string): string => posix.normalize(path).replace(/\/+$/, '');

/**
 * Whether somebody keeps a directory for sockets, with the owner and the rules that they need: libvirt or the operator
 * (`managedSocketDirectories`), or CloudStack's agent (`qemu.sockets.path`). Text says why that is unknown.
 */
export const managedDirectory = (
  directory: string,
  { managedSocketDirectories, socketsPath }: Parameters,
  tree: HostTree,
): boolean | string => {
  const normal = plain(directory);
  if (managedSocketDirectories.some((folder) => isWithin(normal, plain(folder)))) return true;
  const cloudstack = socketsPathOf(tree, socketsPath);
  if (cloudstack === undefined) return false;
  if ('unreadable' in cloudstack) return cloudstack.unreadable;
  return normal === plain(cloudstack.path);
};
