import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { noKernelState } from './kernelState.ts';

/** What version 2 calls otherwise, or has without a controller (kernel doc "Control Group v2": devices are held by BPF). */
const unified: Readonly<Record<string, readonly string[]>> = { io: ['blkio'], cpu: ['cpu', 'cpuacct'] };

/** cgroups(7): a line per controller, of name, hierarchy, number of groups and whether it is enabled. */
const enabled = (text: string): string[] =>
  text.split('\n').flatMap((line) => {
    const [name = '', , , on] = line.split(/\s+/);
    return !name.startsWith('#') && on === '1' ? [name] : [];
  });

/**
 * `host.cgroup.controllers`: those that the kernel offers, by the names that qemu.conf's cgroup_controllers uses, whichever
 * version is mounted.
 */
export const cgroupFacts = (tree: HostTree): Learnt => {
  const v2 = tree.read('/sys/fs/cgroup/cgroup.controllers');
  const known = v2 ?? tree.read('/proc/cgroups');
  const none = noKernelState(tree) ?? 'neither /sys/fs/cgroup/cgroup.controllers nor /proc/cgroups is there';
  if (known === undefined || 'unreadable' in known) {
    return { facts: {}, unknown: [{ at: '/host/cgroup', reason: known?.unreadable ?? none }] };
  }
  const controllers =
    v2 === undefined
      ? enabled(known.text)
      : [
          ...known.text
            .split(/\s+/)
            .filter(Boolean)
            .flatMap((name) => unified[name] ?? [name]),
          'devices',
        ];
  return { facts: { cgroup: { controllers } }, unknown: [] };
};
