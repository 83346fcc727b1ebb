import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtFolder } from '../guestImage.ts';
import { outputOf } from '../outputOf.ts';

const script = fileURLToPath(new URL('../../../scripts/host-image.sh', import.meta.url));

/** The files that the host boots from. */
export interface HostImage {
  readonly kernel: string;
  readonly initrd: string;
  /** Its root file system; it is never written to. */
  readonly disk: string;
}

/**
 * A Debian host with libvirt and AppArmor, built at first use and kept for later runs.
 *
 * @throws Error with the reason where it is neither kept nor can be built, as without a network
 */
export const hostImage = async (): Promise<HostImage> => {
  const folder = await builtFolder('host', [script], (partial) =>
    outputOf('sh', [script, partial], { timeoutMs: 600_000 }),
  );
  return { kernel: join(folder, 'vmlinuz'), initrd: join(folder, 'initrd'), disk: join(folder, 'disk') };
};
