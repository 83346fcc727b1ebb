import { readFileSync, statSync } from 'node:fs';
import { otherKind } from '../model/fileKind.ts';
import { InputError } from '../model/inputError.ts';
import { systemFault } from '../model/systemFault.ts';

/**
 * A file that the operator has named.
 *
 * @param takes for the line that says why not: "--config takes a YAML file"
 * @throws InputError when there is none, it can't be read, or reading it might never end
 */
export const readInput = (path: string, takes: string): Buffer => {
  let kind: string | undefined;
  try {
    // That one ends at once, and who names it means nothing.
    kind = path === '/dev/null' ? undefined : otherKind(statSync(path));
    if (kind === undefined) return readFileSync(path);
  } catch (error) {
    throw new InputError(`${path}: ${systemFault(error)}; ${takes}`);
  }
  throw new InputError(`${path} is ${kind}; ${takes}`);
};
