import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { otherKind } from '../model/fileKind.ts';
import { InputError } from '../model/inputError.ts';
import type { JsonObject } from '../model/json.ts';
import { systemFault } from '../model/systemFault.ts';
import { utf8Text } from '../model/utf8Text.ts';

/** The folder of the rules that come with the program, beside its code. */
export const builtInRules = join(import.meta.dirname, '..', '..', 'rules');

/** What a rule file may say, as a JSON Schema. */
export const ruleSchema = (): JsonObject =>
  JSON.parse(readFileSync(join(builtInRules, 'schema.json'), 'utf8')) as JsonObject;

/** The text of one rule file; `area` is the folder that it lives in. */
export interface RuleFileText {
  path: string;
  area: string;
  text: string;
}

/** Folders beside the rules that hold something else. */
const notRules = new Set(['profiles', 'data']);

const yamlFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return notRules.has(entry.name) ? [] : yamlFiles(path);
      return /\.ya?ml$/.test(entry.name) ? [path] : [];
    });

const reading = <T>(path: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `${path}: ${systemFault(error)}; --rules takes a rule file or a folder of them, and so does rules test`,
    );
  }
};

/**
 * Where the rule files below a folder are, or the one that is named.
 *
 * @throws InputError when nothing is there
 */
export const ruleFilePaths = (path: string): string[] =>
  reading(path, () => {
    const files = statSync(path).isDirectory() ? yamlFiles(path) : [path];
    if (files.length === 0) throw new InputError(`${path}: no rule file (*.yaml) in this folder`);
    return files;
  });

/**
 * The rule files below a folder, or the one that is named.
 *
 * @throws InputError when nothing is there
 */
export const ruleFiles = (path: string): RuleFileText[] =>
  reading(path, () =>
    ruleFilePaths(path).map((file) => {
      const kind = otherKind(statSync(file));
      if (kind !== undefined)
        throw new InputError(
          `${file} is ${kind}; --rules takes a rule file or a folder of them, and so does rules test`,
        );
      return { path: file, area: basename(dirname(file)), text: utf8Text(file, readFileSync(file)) };
    }),
  );
