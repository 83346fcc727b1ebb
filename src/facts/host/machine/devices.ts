import type { Unknown } from '../../../model/subject.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { noKernelState } from './kernelState.ts';

/** The devices that QEMU opens, or libvirt for it. */
const devices = { kvm: '/dev/kvm', vhostNet: '/dev/vhost-net', tun: '/dev/net/tun' } as const;

/** `host.devices`: which of them there are; and `host.iommu.groups`, whether devices are in groups that can be isolated. */
export const deviceFacts = (tree: HostTree): Learnt => {
  const missing = noKernelState(tree);
  const noDevices = tree.directory('/dev') === undefined ? 'the host root holds no devices (/dev)' : undefined;
  const unknown: Unknown[] = [];
  const found = Object.entries(devices).flatMap(([name, path]): [string, boolean][] => {
    const known = tree.read(path);
    if (known !== undefined && !('unreadable' in known)) return [[name, true]];
    const reason = known?.unreadable ?? missing ?? noDevices;
    if (reason === undefined) return [[name, false]];
    unknown.push({ at: `/host/devices/${name}`, reason });
    return [];
  });
  if (missing !== undefined) unknown.push({ at: '/host/iommu', reason: missing });
  // The kernel makes the directory only with an IOMMU driver, and a group for each device that it can isolate (vfio).
  const groups = (tree.list('/sys/kernel/iommu_groups') ?? []).length > 0;
  return {
    facts: { devices: Object.fromEntries(found), ...(missing === undefined ? { iommu: { groups } } : {}) },
    unknown,
  };
};
