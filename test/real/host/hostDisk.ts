import { join } from 'node:path';
import { outputOf } from '../outputOf.ts';

/** A disk, made in `folder`, with all that is in the folder `content`. */
export const hostDisk = async (folder: string, content: string): Promise<string> => {
  const disk = join(folder, 'product.ext4');
  await outputOf('mkfs.ext4', ['-q', '-d', content, disk, '400M']);
  return disk;
};
