import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));

/** A folder, made where it is missing, for what is costly to build and good for later runs; git ignores it. */
export const cacheFolder = async (name: string): Promise<string> => {
  const folder = join(cache, name);
  await mkdir(folder, { recursive: true });
  return folder;
};
