import type { JsonObject } from '../../../model/json.ts';
import { pathMax } from '../../../model/pathMax.ts';
import type { Unknown } from '../../../model/subject.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
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

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

/** The folders on the way to paths, by the names that they are given and by what those lead to. */
const foldersOf = (tree: HostTree, paths: Iterable<string>): ReadonlySet<string> => {
  const folders = new Set<string>();
  const named = new Map<string, string>();
  const addUpTo = (folder: string): void => {
    for (let at = folder; !folders.has(at); at = folderOf(at)) folders.add(at);
  };
  for (const path of paths) {
    if (path.length >= pathMax) continue;
    for (let at = folderOf(path); !named.has(at); at = folderOf(at)) {
      const real = tree.realpath(at);
      named.set(at, real);
      addUpTo(real);
    }
    const folder = named.get(folderOf(path)) ?? '/';
    const name = path.slice(path.lastIndexOf('/'));
    // Few of the thousands are links themselves.
    if (tree.link(folder === '/' ? name : folder + name) !== undefined) addUpTo(folderOf(tree.realpath(path)));
  }
  return folders;
};

/** All may write, and the sticky bit keeps nobody from renaming what is another's (inode(7)). */
const isOpen = (mode: string): boolean => {
  const bits = Number.parseInt(mode, 8);
  return (bits & 0o2) !== 0 && (bits & 0o1000) === 0;
};

/**
 * `host.directories`: the owner and mode of those that exist, and of the folders of what domains are stored in, of which there
 * may be thousands, those that all may write.
 *
 * @param stored paths of disks and of what domains boot from
 */
export const stateDirectories = (tree: HostTree, stored: Iterable<string> = []): Learnt => {
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
  const own = new Set(directories);
  const reasons = new Set(unknown.map(({ reason }) => reason));
  for (const path of foldersOf(tree, stored)) {
    const ownership = own.has(path) ? undefined : ownershipOf(tree, path);
    if (ownership === undefined) continue;
    if ('unknown' in ownership) {
      // What hides one may hide a thousand.
      if (reasons.has(ownership.unknown)) continue;
      reasons.add(ownership.unknown);
      unknown.push({ at: `/host/directories/${found.length}/mode`, reason: ownership.unknown });
    } else if (!isOpen(ownership.mode)) continue;
    found.push(ownershipFacts(path, ownership));
  }
  return { facts: { directories: found }, unknown };
};
