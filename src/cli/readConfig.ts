import { readFileSync } from 'node:fs';
import { InputError } from '../model/inputError.ts';

/** Where a configuration is looked for when none is named. */
export const packagedConfig = '/etc/virt-audit/virt-audit.yaml';

/**
 * The configuration's text; the auditor checks it, since only there the rules are known that it may name. Undefined when
 * none is named and there is none in the usual place.
 *
 * @throws InputError when it can't be read
 */
export const readConfig = (named: string | undefined): { path: string; text: string } | undefined => {
  const path = named ?? packagedConfig;
  try {
    return { path, text: readFileSync(path, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (named === undefined && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined;
    throw new InputError(`${path}: ${code}; --config takes a YAML file`);
  }
};
