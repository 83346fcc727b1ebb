import type { JsonObject } from '../../../model/json.ts';
import type { Unknown } from '../../../model/subject.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { noKernelState } from './kernelState.ts';

/** Where each switch is, and what its text means; one that the kernel does not have is absent. */
const switches = {
  nestedKvm: {
    paths: ['/sys/module/kvm_intel/parameters/nested', '/sys/module/kvm_amd/parameters/nested'],
    isOn: (text: string) => /^[Y1]/.test(text),
  },
  /** 1 merges pages, 2 stops and unmerges (kernel doc "Kernel Samepage Merging"). */
  ksm: { paths: ['/sys/kernel/mm/ksm/run'], isOn: (text: string) => text.startsWith('1') },
  /** The file is there only where SELinux is on. */
  selinuxEnforcing: { paths: ['/sys/fs/selinux/enforce'], isOn: (text: string) => text.startsWith('1') },
} as const;

/** `host.kernel`: switches of the running kernel. */
export const kernelSwitches = (tree: HostTree): Learnt => {
  const missing = noKernelState(tree);
  if (missing !== undefined) return { facts: {}, unknown: [{ at: '/host/kernel', reason: missing }] };
  const facts: Record<string, JsonObject[string]> = {};
  const unknown: Unknown[] = [];
  for (const [name, { paths, isOn }] of Object.entries(switches)) {
    const found = paths.map(tree.read).find((known) => known !== undefined);
    if (found === undefined) continue;
    if ('unreadable' in found) unknown.push({ at: `/host/kernel/${name}`, reason: found.unreadable });
    else facts[name] = isOn(found.text);
  }
  return { facts: { kernel: facts }, unknown };
};
