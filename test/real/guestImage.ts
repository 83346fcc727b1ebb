import { createHash } from 'node:crypto';
import { access, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cacheFolder.ts';
import { outputOf } from './outputOf.ts';

const script = fileURLToPath(new URL('../../scripts/guest-image.sh', import.meta.url));
const init = fileURLToPath(new URL('guest-init.sh', import.meta.url));

/** The files that a guest boots from. */
export interface GuestImage {
  kernel: string;
  initrd: string;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * The folder that `build` fills, kept in the cache for later runs until one of its source files changes.
 *
 * @throws Error with the reason where it is neither kept nor can be built
 */
export const builtFolder = async (
  name: string,
  sources: readonly string[],
  build: (folder: string) => Promise<unknown>,
): Promise<string> => {
  const hash = createHash('sha256');
  for (const source of sources) hash.update(await readFile(source));
  const cache = await cacheFolder(name);
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  if (await exists(folder)) return folder;
  // Made aside and then renamed: another test may be building the same.
  const partial = await mkdtemp(join(cache, 'partial-'));
  try {
    await build(partial);
    await rename(partial, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
};

/**
 * A guest of Debian's kernel, busybox and the guest agent, built at first use.
 *
 * @throws Error with the reason where it is neither kept nor can be built, as without a network
 */
export const guestImage = async (): Promise<GuestImage> => {
  const folder = await builtFolder('guest', [script, init], (partial) =>
    outputOf('sh', [script, partial, init], { timeoutMs: 600_000 }),
  );
  return { kernel: join(folder, 'vmlinuz'), initrd: join(folder, 'initramfs.gz') };
};
