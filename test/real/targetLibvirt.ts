import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtFolder } from './guestImage.ts';
import { outputOf } from './outputOf.ts';
import { type PrivateLibvirt, startPrivateLibvirt } from './privateLibvirt.ts';

const script = fileURLToPath(new URL('../../scripts/target-root.sh', import.meta.url));

/**
 * A private libvirtd and QEMU of Debian 13, as the host has them after its upgrade. Their files are unpacked at first use and
 * kept for later runs; none of them is written to.
 *
 * @throws Error with the reason where they are neither kept nor can be had, as without a network
 */
export const startTargetLibvirt = async (): Promise<PrivateLibvirt> => {
  const folder = await builtFolder('target', [script], (partial) =>
    outputOf('sh', [script, partial], { timeoutMs: 600_000 }),
  );
  // An absolute link on the way, as of a cache that worktrees share, would lead out of the namespace.
  return startPrivateLibvirt({ root: await realpath(join(folder, 'root')) });
};
