import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtFolder } from '../real/guestImage.ts';
import { outputOf } from '../real/outputOf.ts';

const script = fileURLToPath(new URL('../../scripts/debian-root.sh', import.meta.url));

/**
 * Unpacks a minimal Debian with libvirt's client library into `folder`, and returns its path. It is built at first use and
 * kept for later runs.
 *
 * @throws Error with the reason where it is neither kept nor can be built, as without a network
 */
export const debianRoot = async (folder: string): Promise<string> => {
  const built = await builtFolder('debian', [script], (partial) =>
    outputOf('sh', [script, join(partial, 'root.tar')], { timeoutMs: 600_000 }),
  );
  const root = join(folder, 'root');
  await mkdir(root);
  await outputOf('tar', ['-xf', join(built, 'root.tar'), '-C', root, '--exclude=./dev/*']);
  return root;
};
