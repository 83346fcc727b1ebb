import type { HostTree } from '../hostTree.ts';
import { unitPath, unitsOf } from '../machine/units.ts';
import { unreadableAs } from '../unreadable.ts';

/** The daemon that drives QEMU, and what its process says of its confinement. */
export interface Daemon {
  name: 'libvirtd' | 'virtqemud';
  pid?: number;
  /** `/proc/PID/attr/current`: `NAME (MODE)` or `unconfined`. */
  label?: string;
  /** What it was started with, its own name left out. */
  arguments?: readonly string[];
  /** Why there may be one, though none was found. */
  hidden?: string;
  /** Why it may be the other one. */
  uncertain?: string;
}

const names = ['virtqemud', 'libvirtd'] as const;

const trimmed = (tree: HostTree, path: string): string | undefined => {
  const known = tree.read(path);
  return known !== undefined && 'text' in known ? known.text.replace(/[\n\0]+$/, '') : undefined;
};

/** proc(5): arguments end in NUL. */
const argumentsOf = (tree: HostTree, pid: number): readonly string[] | undefined =>
  trimmed(tree, `/proc/${pid}/cmdline`)?.split('\0').slice(1);

/** A process's AppArmor label: the LSM's own file since Linux 5.8, else the shared one. */
const labelOf = (tree: HostTree, pid: number): string | undefined =>
  trimmed(tree, `/proc/${pid}/attr/apparmor/current`) ?? trimmed(tree, `/proc/${pid}/attr/current`);

/** One that has ended, and whose parent has not taken note, has a name still, and no arguments (proc(5)). */
const hasEnded = (tree: HostTree, pid: number): boolean => trimmed(tree, `/proc/${pid}/cmdline`) === '';

/** Users may run daemons of their own, for `qemu:///session`: a process's folder belongs to whom it runs as (proc(5)). */
const isOfRoot = (tree: HostTree, pid: number): boolean => {
  const folder = tree.directory(`/proc/${pid}`);
  return folder === undefined || 'unreadable' in folder || folder.uid === 0;
};

/** Containers may run root's daemons as well; the host's own is the one that its pid file names (libvirtd(8), `--pid-file`). */
const isNoted = (tree: HostTree, name: Daemon['name'], pid: number): boolean =>
  trimmed(tree, `/run/${name}.pid`) === String(pid);

const running = (tree: HostTree): Daemon | undefined => {
  const processes = (tree.list('/proc') ?? [])
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .sort((one, other) => one - other);
  const daemons = names.flatMap((name) =>
    processes
      .filter((pid) => trimmed(tree, `/proc/${pid}/comm`) === name && !hasEnded(tree, pid) && isOfRoot(tree, pid))
      .map((pid) => ({ name, pid })),
  );
  const found = daemons.find(({ name, pid }) => isNoted(tree, name, pid)) ?? daemons[0];
  if (found === undefined) return undefined;
  const label = labelOf(tree, found.pid);
  const given = argumentsOf(tree, found.pid);
  return {
    ...found,
    ...(label === undefined ? {} : { label }),
    ...(given === undefined ? {} : { arguments: given }),
  };
};

/** Why processes may run that are not seen: mounted with hidepid, /proc keeps those of others back (proc(5)). */
const hiddenIn = (tree: HostTree): string | undefined => {
  const entries = (tree.list('/proc') ?? []).filter((entry) => /^\d+$/.test(entry));
  const [unread] = unreadableAs(tree, ['/proc', ...entries.map((pid) => `/proc/${pid}/comm`)], '');
  if (unread !== undefined) return unread.reason;
  if (tree.read('/proc/version') === undefined || entries.includes('1')) return undefined;
  return '/proc does not show the processes of others (hidepid); run as root';
};

/** Which of the two the host would start, where it has both: what the administrator has enabled (systemctl(1)). */
const enabledOf = (tree: HostTree): Pick<Daemon, 'name' | 'uncertain'> => {
  const units = unitsOf(tree);
  const starts = (name: Daemon['name']): boolean =>
    !units.isMasked(`${name}.service`) && ['service', 'socket'].some((kind) => units.isWanted(`${name}.${kind}`));
  const masks = names.flatMap((name) => [unitPath(`${name}.service`), unitPath(`${name}.socket`)]);
  const uncertain = units.unreadable ?? unreadableAs(tree, masks, '')[0]?.reason;
  return {
    name: starts('virtqemud') && !starts('libvirtd') ? 'virtqemud' : 'libvirtd',
    ...(uncertain === undefined ? {} : { uncertain }),
  };
};

/** The running daemon; where none runs, the one that this host is configured for (libvirt's daemons.rst). */
export const daemonOf = (tree: HostTree): Daemon => {
  const found = running(tree);
  if (found !== undefined) return found;
  const hidden = hiddenIn(tree);
  const monolithic = tree.read('/etc/libvirt/libvirtd.conf') !== undefined;
  const modular = tree.read('/etc/libvirt/virtqemud.conf') !== undefined;
  if (!modular || !monolithic) {
    return { name: modular ? 'virtqemud' : 'libvirtd', ...(hidden === undefined ? {} : { hidden }) };
  }
  const enabled = enabledOf(tree);
  return hidden === undefined ? enabled : { ...enabled, hidden, uncertain: hidden };
};
