import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder.ts';

const copyFiles = async (from: string, to: string): Promise<void> => {
  const names = (await readdir(from)).filter((name) => name.endsWith('.xml'));
  for (const name of names) {
    // Another test may be copying the same file, and be of another container, with this one's pid.
    const partial = join(to, `${name}.${randomUUID()}`);
    await copyFile(join(from, name), partial);
    await rename(partial, join(to, name));
  }
};

/** What libvirtd found out about QEMU, kept from one run to the next. */
export interface CapabilitiesCache {
  restore(): Promise<void>;
  save(): Promise<void>;
}

/**
 * Saves a private libvirtd the seconds in which it probes each QEMU. It is libvirt's own cache: libvirtd drops what no
 * longer holds for this QEMU, kernel, processor or libvirt, and probes again.
 *
 * @param path tells where a path of the daemon's is seen from here
 * @param whose they are: libvirt names its files after QEMU's path, which is the same on this machine and in another Debian
 */
export const capabilitiesCache = async (
  path: (inside: string) => string,
  whose: 'libvirt' | 'target',
): Promise<CapabilitiesCache> => {
  const kept = await cacheFolder(`${whose}-capabilities`);
  const used = path('/var/cache/libvirt/qemu/capabilities');
  await mkdir(used, { recursive: true });
  return { restore: () => copyFiles(kept, used), save: () => copyFiles(used, kept) };
};
