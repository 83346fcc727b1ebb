import type { JsonObject } from '../../model/json.ts';
import type { Unknown } from '../../model/subject.ts';
import type { HostTree } from './hostTree.ts';
import type { Learnt } from './learnt.ts';
import { ownershipFacts, ownershipOf } from './ownership.ts';

/** Where libvirt and QEMU keep what domains are made of (libvirt's drvqemu, "File system layout"). */
const directories = [
  '/etc/libvirt',
  '/etc/libvirt/qemu',
  '/var/lib/libvirt',
  '/var/lib/libvirt/boot',
  '/var/lib/libvirt/images',
  '/var/lib/libvirt/qemu',
  '/var/lib/libvirt/qemu/nvram',
  '/var/lib/libvirt/qemu/save',
  '/var/lib/libvirt/qemu/snapshot',
  '/var/cache/libvirt',
  '/var/cache/libvirt/qemu',
  '/run/libvirt',
  '/run/libvirt/qemu',
];

/** `host.directories`: the owner and mode of those that exist. */
export const stateDirectories = (tree: HostTree): Learnt => {
  const found: JsonObject[] = [];
  const unknown: Unknown[] = [];
  for (const path of directories) {
    const ownership = ownershipOf(tree, path);
    if (ownership === undefined) continue;
    if ('unknown' in ownership) {
      for (const fact of ['uid', 'gid', 'mode']) {
        unknown.push({ at: `/host/directories/${found.length}/${fact}`, reason: ownership.unknown });
      }
    }
    found.push(ownershipFacts(path, ownership));
  }
  return { facts: { directories: found }, unknown };
};
