import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CompiledCatalogue } from '../model/compiledCatalogue.ts';
import { builtInProfiles, profileFile } from './profileFiles.ts';
import { builtInRules, ruleFiles } from './ruleFiles.ts';

/** Beside the program's code once it is built; where it runs from its sources there is none. */
const folder = join(import.meta.dirname, '..', 'catalogue');

/** The validators by `clauseName`, and the vocabulary that they are to be given. */
export interface ValidatorModule {
  vocabulary: object;
  [clause: string]: unknown;
}

/** What was made at build time, while the files that it was made from are still the same. */
export interface LoadedCatalogue extends CompiledCatalogue {
  validators: ValidatorModule;
}

/** Of the texts of all built-in rules and profiles, and of what rules may say. */
export const catalogueDigest = (): string => {
  const hash = createHash('sha256').update(readFileSync(join(builtInRules, 'schema.json')));
  for (const { path, text } of [...ruleFiles(builtInRules), ...builtInProfiles().map(profileFile)]) {
    hash.update(`${path.slice(builtInRules.length)}\0${text}\0`);
  }
  return hash.digest('hex');
};

/** The compiled catalogue, or undefined where there is none or the rules have changed since. */
export const compiledCatalogue = (): LoadedCatalogue | undefined => {
  let text: string;
  try {
    text = readFileSync(join(folder, 'catalogue.json'), 'utf8');
  } catch {
    return undefined;
  }
  const catalogue = JSON.parse(text) as CompiledCatalogue;
  if (catalogue.digest !== catalogueDigest()) return undefined;
  const validators = createRequire(import.meta.url)(join(folder, 'validators.cjs')) as ValidatorModule;
  return { ...catalogue, validators };
};
