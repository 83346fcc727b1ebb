import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { otherKind } from '../model/fileKind.ts';
import { InputError } from '../model/inputError.ts';
import { systemFault } from '../model/systemFault.ts';
import { utf8Text } from '../model/utf8Text.ts';
import { builtInRules } from './ruleFiles.ts';

const folder = join(builtInRules, 'profiles');

/** The names of the built-in profiles, sorted. */
export const builtInProfiles = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => basename(name, '.yaml'))
    .sort();

/** Where a built-in profile is. */
export const profilePath = (name: string): string => join(folder, `${name}.yaml`);

/** The text of one profile's file. */
export interface ProfileText {
  name: string;
  path: string;
  text: string;
}

/** Whether a profile is named by a file's path rather than by a built-in one's name. */
export const isProfilePath = (nameOrPath: string): boolean => nameOrPath.includes('/') || /\.ya?ml$/.test(nameOrPath);

/**
 * A profile's file: a built-in one by its name, an operator's own by its path.
 *
 * @throws InputError when there is none
 */
export const profileFile = (nameOrPath: string): ProfileText => {
  const own = isProfilePath(nameOrPath);
  if (!own && !builtInProfiles().includes(nameOrPath)) {
    throw new InputError(
      `unknown profile "${nameOrPath}", expected one of ${builtInProfiles().join(', ')}, or the path of a profile's file`,
    );
  }
  const path = own ? nameOrPath : profilePath(nameOrPath);
  const takes = '--profile takes a name or a YAML file';
  let kind: string | undefined;
  try {
    kind = otherKind(statSync(path));
    if (kind === undefined)
      return { name: basename(path).replace(/\.ya?ml$/, ''), path, text: utf8Text(path, readFileSync(path)) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${path}: ${systemFault(error)}; ${takes}`);
  }
  throw new InputError(`${path} is ${kind}; ${takes}`);
};
