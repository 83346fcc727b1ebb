import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hostDisk } from '../host/hostDisk.ts';
import { outputOf } from '../outputOf.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'scripts', 'deb.sh');
const parts = ['init.sh', 'observe.sh', 'probe.sh', 'get.mjs', 'running.xml', 'off.xml'];

/** A disk, made in `folder`, with the Debian package and what observe.sh takes. */
export const unitDisk = async (folder: string): Promise<string> => {
  const content = join(folder, 'product');
  await mkdir(content);
  const deb = await outputOf('sh', [script, folder], { timeoutMs: 200_000 });
  await cp(deb.trim(), join(content, 'package.deb'));
  for (const part of parts) await cp(join(import.meta.dirname, part), join(content, part));
  return hostDisk(folder, content);
};
