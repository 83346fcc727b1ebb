import { relative, resolve, sep } from 'node:path';
import type { FileDocument } from '../model/document.ts';
import { InputError } from '../model/inputError.ts';
import { systemFault } from '../model/systemFault.ts';
import { readRegular } from './readRegular.ts';

/**
 * A policy file that is named on the command line. One below `root` goes by its path on that host, any other by its own.
 *
 * @throws InputError
 */
export const policyFile = (root: string, path: string): FileDocument => {
  const inside = relative(resolve(root), resolve(path));
  const origin = inside.startsWith(`..${sep}`) || inside === '..' ? resolve(path) : `/${inside}`;
  try {
    return { kind: 'file', origin, text: readRegular(path).toString('latin1') };
  } catch (error) {
    throw new InputError(`--policy ${path}: ${systemFault(error)}`);
  }
};
