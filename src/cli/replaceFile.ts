import { randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Puts a whole new file in the place of an old one: who reads meanwhile sees all of the one or all of the other, also
 * after a power cut, and where it can't be written, the old one stays.
 *
 * @param mode permission bits, whatever the umask
 * @throws Error of node:fs, with its code
 */
export const replaceFile = (path: string, text: string, mode: number): void => {
  // In the same folder, since rename(2) does not cross file systems; collectors that read *.prom pass over it.
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = openSync(temporary, 'wx', mode);
    try {
      writeFileSync(file, text);
      fchmodSync(file, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
};
