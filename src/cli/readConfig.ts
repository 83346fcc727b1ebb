import { statSync } from 'node:fs';
import { InputError } from '../model/inputError.ts';
import { utf8Text } from '../model/utf8Text.ts';
import { readInput } from './readInput.ts';

/** Where a configuration is looked for when none is named. */
export const packagedConfig = '/etc/virt-audit/virt-audit.yaml';

/** Only where nothing is there: what may not be looked at is no missing file. */
const isMissing = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
};

/**
 * The configuration's text; the auditor checks it, since only there the rules are known that it may name. Undefined when
 * none is named and there is none in the usual place.
 *
 * @throws InputError when it can't be read, or nothing is in it
 */
export const readConfig = (named: string | undefined): { path: string; text: string } | undefined => {
  const path = named ?? packagedConfig;
  if (named === undefined && isMissing(path)) return undefined;
  const text = utf8Text(path, readInput(path, '--config takes a YAML file'));
  // As a full disk or an editor leaves a file: its waivers and rules must not go unnoticed.
  if (text.trim() === '' && path !== '/dev/null')
    throw new InputError(`${path}:1: is empty; {} or a comment stands for no settings`);
  return { path, text };
};
