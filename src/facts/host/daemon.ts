import type { HostTree } from './hostTree.ts';

/** The daemon that drives QEMU, and what its process says of its confinement. */
export interface Daemon {
  name: 'libvirtd' | 'virtqemud';
  pid?: number;
  /** `/proc/PID/attr/current`: `NAME (MODE)` or `unconfined`. */
  label?: string;
  /** What it was started with, its own name left out. */
  arguments?: readonly string[];
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

const running = (tree: HostTree): Daemon | undefined => {
  const processes = (tree.list('/proc') ?? []).filter((entry) => /^\d+$/.test(entry)).map(Number);
  for (const name of names) {
    const pid = processes.find((candidate) => trimmed(tree, `/proc/${candidate}/comm`) === name);
    if (pid === undefined) continue;
    const label = labelOf(tree, pid);
    const given = argumentsOf(tree, pid);
    return {
      name,
      pid,
      ...(label === undefined ? {} : { label }),
      ...(given === undefined ? {} : { arguments: given }),
    };
  }
  return undefined;
};

/** The running daemon; where none runs, the one that this host is configured for (libvirt's daemons.rst). */
export const daemonOf = (tree: HostTree): Daemon => {
  const monolithic = tree.read('/etc/libvirt/libvirtd.conf') !== undefined;
  const modular = tree.read('/etc/libvirt/virtqemud.conf') !== undefined;
  return running(tree) ?? { name: modular && !monolithic ? 'virtqemud' : 'libvirtd' };
};
