import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { otherKind } from '../model/fileKind.ts';
import { InputError } from '../model/inputError.ts';
import { systemFault } from '../model/systemFault.ts';

/**
 * Where the file that a path stands for is replaced: at the end of links, which stay.
 *
 * @throws InputError where it stands for anything but a file: root could replace `/dev/stdout` by one
 */
export const replaceable = (path: string, option: string): string => {
  if (path === '-') throw new InputError(`${option}: - is no file; name one, or ./- for one of that name`);
  let kind: string;
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    const other = stat && otherKind(stat);
    if (stat !== undefined && other === undefined) return realpathSync(path);
    if (stat === undefined && lstatSync(path, { throwIfNoEntry: false }) === undefined) return path;
    kind = other ?? 'a link that leads nowhere';
  } catch (error) {
    throw new InputError(`${option}: can't write ${path}: ${writeFault(error)}`);
  }
  throw new InputError(`${option}: ${path} is ${kind}, and what is written whole takes a file's place; name a file`);
};

/**
 * Puts a whole new file in the place of an old one: who reads meanwhile sees all of the one or all of the other, also
 * after a power cut, and where it can't be written, the old one stays.
 *
 * @param mode permission bits, whatever the umask
 * @throws Error of node:fs, with its code
 */
export const replaceFile = (path: string, text: string | Buffer, mode: number): void => {
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

/** Why a file could not be written, in words. */
export const writeFault = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'its folder does not exist' : systemFault(error);
