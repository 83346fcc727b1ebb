import type { HostTree } from '../hostTree.ts';

/** Why the kernel's state can't be known: only a running host has it, not a disk or a set of files. */
export const noKernelState = (tree: HostTree): string | undefined =>
  tree.directory('/sys/module') === undefined
    ? 'the host root holds no kernel state (/sys/module); audit the running host to learn it'
    : undefined;
