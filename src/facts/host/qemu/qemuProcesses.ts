import type { HostTree } from '../hostTree.ts';

/** A running QEMU: its process, and what AppArmor holds it to. */
export interface QemuProcess {
  pid: number;
  /** `NAME (MODE)` or `unconfined`; absent when the kernel has no such label. */
  label?: string;
  /** Why the label could not be read. */
  unreadable?: string;
  /** `/proc/PID/exe`: what it was started from, with ` (deleted)` after it when that is no longer there (proc(5)). */
  program?: string;
}

/** libvirt starts every QEMU with the domain's uuid (proc(5): arguments end in NUL). */
const uuidIn = (cmdline: string): string | undefined => /(?:^|\0)-uuid\0([0-9a-f-]{36})(?:\0|$)/.exec(cmdline)?.[1];

const labelOf = (tree: HostTree, pid: number): Pick<QemuProcess, 'label' | 'unreadable'> => {
  const own = tree.read(`/proc/${pid}/attr/apparmor/current`);
  const known = own ?? tree.read(`/proc/${pid}/attr/current`);
  if (known === undefined) return {};
  return 'unreadable' in known ? { unreadable: known.unreadable } : { label: known.text.replace(/[\n\0]+$/, '') };
};

/** The running QEMUs by the uuid of their domain. */
export const qemuProcesses = (tree: HostTree): ReadonlyMap<string, QemuProcess> => {
  const found = new Map<string, QemuProcess>();
  for (const entry of tree.list('/proc') ?? []) {
    if (!/^\d+$/.test(entry)) continue;
    const cmdline = tree.read(`/proc/${entry}/cmdline`);
    const uuid = cmdline !== undefined && 'text' in cmdline ? uuidIn(cmdline.text) : undefined;
    if (uuid === undefined) continue;
    const program = tree.link(`/proc/${entry}/exe`)?.text;
    found.set(uuid, {
      pid: Number(entry),
      ...labelOf(tree, Number(entry)),
      ...(program === undefined ? {} : { program }),
    });
  }
  return found;
};
