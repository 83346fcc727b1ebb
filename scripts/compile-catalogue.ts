/**
 * Writes the built-in rules as data and their validators as code into FOLDER, by default dist/catalogue, so that the program
 * starts without reading YAML and compiling. Part of `npm run build`; the Debian package has it done by the Node that it
 * brings, since no other V8 has a use for what one V8 made of the code.
 * Usage: compile-catalogue.ts [FOLDER]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { loadCatalogue } from '../src/auditor/loadCatalogue.ts';
import { v8Flags } from '../src/auditor/v8Flags.ts';
import type { CompiledCatalogue } from '../src/model/compiledCatalogue.ts';
import { catalogueCode } from '../src/ruleset/compile/catalogueCode.ts';
import { loadProfile } from '../src/ruleset/settings/loadSettings.ts';
import { catalogueFiles, catalogueSources, codeCacheOf } from '../src/sources/compiledCatalogue.ts';
import { builtInProfiles, profileFile } from '../src/sources/profileFiles.ts';
import { builtInRules } from '../src/sources/ruleFiles.ts';
import { v8Build } from '../src/sources/v8Build.ts';

// V8 takes a cache only where its flags are those under which it was made.
for (const flag of v8Flags(process.versions.v8)) setFlagsFromString(flag);

const [, , folder = join(import.meta.dirname, '..', 'dist', 'catalogue')] = process.argv;
const rules = loadCatalogue([]);
const nothing = { pass: [], fail: [], notapplicable: [], error: [] };

const build = v8Build();
const catalogue: CompiledCatalogue = {
  ...catalogueSources(),
  ...(build === undefined ? {} : { v8Build: build }),
  rules: rules.map((rule) => ({ ...rule, file: relative(builtInRules, rule.file), examples: nothing })),
  profiles: Object.fromEntries(
    builtInProfiles().map((name) => {
      const { path, text } = profileFile(name);
      return [name, loadProfile(path, text).settings];
    }),
  ),
};

mkdirSync(folder, { recursive: true });
for (const [{ code, cache }, explaining] of [
  [catalogueFiles.validators, false],
  [catalogueFiles.explaining, true],
] as const) {
  const text = catalogueCode(rules, { explaining });
  writeFileSync(join(folder, code), text);
  writeFileSync(join(folder, cache), codeCacheOf(text));
}
// Last: what is older than this file is what it was made from.
writeFileSync(join(folder, catalogueFiles.data), JSON.stringify(catalogue));
