import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InputError } from '../model/inputError.ts';
import { type Config, loadConfig } from '../ruleset/loadConfig.ts';

/**
 * The configuration file; rule folders in it are relative to it.
 *
 * @throws InputError
 */
export const readConfig = (path: string): Config => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`${path}: ${(error as NodeJS.ErrnoException).code}; --config takes a YAML file`);
  }
  const config = loadConfig(path, text);
  return { ...config, rules: (config.rules ?? []).map((folder) => resolve(dirname(path), folder)) };
};
