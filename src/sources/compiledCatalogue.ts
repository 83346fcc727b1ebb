import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import type { CompiledCatalogue } from '../model/compiledCatalogue.ts';
import { builtInProfiles, profilePath } from './profileFiles.ts';
import { builtInRules, ruleFilePaths } from './ruleFiles.ts';
import { v8Build } from './v8Build.ts';

/** Beside the program's code once it is built; where it runs from its sources there is none. */
const folder = join(import.meta.dirname, '..', 'catalogue');

/** Validators' code, and what V8 made of it. */
interface CodeFiles {
  code: string;
  cache: string;
}

/** The files of a compiled catalogue, in the folder that the build makes. */
export const catalogueFiles = {
  data: 'catalogue.json',
  validators: { code: 'validators.js', cache: 'validators.cache' },
  explaining: { code: 'explaining.js', cache: 'explaining.cache' },
} as const;

/** The validators by `clauseName`, and the vocabulary that they are to be given. */
export interface ValidatorModule {
  vocabulary: object;
  [clause: string]: unknown;
}

/** What was made at build time, while the files that it was made from are still the same. */
export interface LoadedCatalogue extends CompiledCatalogue {
  validators: ValidatorModule;
  /** Those that tell all that is wrong; read when they are first asked for. */
  explaining(): ValidatorModule;
}

const sourceFiles = (): string[] => [
  join(builtInRules, 'schema.json'),
  ...ruleFilePaths(builtInRules),
  ...builtInProfiles().map(profilePath),
];

const nameOf = (path: string): string => path.slice(builtInRules.length + 1);

/** Of what a catalogue is made from: all built-in rules and profiles, and what rules may say. */
export const catalogueSources = (): Pick<CompiledCatalogue, 'digest' | 'sizes'> => {
  const hash = createHash('sha256');
  const sizes: Record<string, number> = {};
  for (const path of sourceFiles()) {
    const bytes = readFileSync(path);
    sizes[nameOf(path)] = bytes.length;
    hash.update(`${nameOf(path)}\0${bytes.length}\0`).update(bytes);
  }
  return { digest: hash.digest('hex'), sizes };
};

/** Whether the files are those of the build by name, size and age, as make(1) would ask: to read them all takes longer. */
const looksUnchanged = ({ sizes }: CompiledCatalogue, made: number): boolean => {
  const files = sourceFiles();
  return (
    files.length === Object.keys(sizes).length &&
    files.every((path) => {
      const { size, mtimeMs } = statSync(path);
      return sizes[nameOf(path)] === size && mtimeMs <= made;
    })
  );
};

const optionalFile = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
};

/** What V8 made of the validators' text. Of use to the same V8 alone, and only to be given to that (`v8Build`). */
export const codeCacheOf = (code: string): Buffer => {
  const script = new Script(code, { filename: 'validators.js' });
  script.runInThisContext();
  return script.createCachedData();
};

/** Runs the validators' code that the build has left in a folder; with V8's cache where this is the V8 that it is of. */
export const loadValidators = (
  { code: file, cache }: CodeFiles,
  from: string = folder,
  cached = false,
): ValidatorModule => {
  const path = join(from, file);
  // The text is ASCII, which latin1 reads without looking.
  const code = readFileSync(path, 'latin1');
  const cachedData = cached ? optionalFile(join(from, cache)) : undefined;
  const script = new Script(code, { filename: path, ...(cachedData === undefined ? {} : { cachedData }) });
  const run = script.runInThisContext() as (exports: object, require: NodeJS.Require) => void;
  const exports = {};
  run(exports, createRequire(path));
  return exports as ValidatorModule;
};

/** The compiled catalogue, or undefined where there is none or the rules have changed since. */
export const compiledCatalogue = (): LoadedCatalogue | undefined => {
  const text = optionalFile(join(folder, catalogueFiles.data))?.toString('utf8');
  if (text === undefined) return undefined;
  const catalogue = JSON.parse(text) as CompiledCatalogue;
  const { mtimeMs } = statSync(join(folder, catalogueFiles.data));
  if (!looksUnchanged(catalogue, mtimeMs) && catalogue.digest !== catalogueSources().digest) return undefined;
  const cached = catalogue.v8Build !== undefined && catalogue.v8Build === v8Build();
  let explaining: ValidatorModule | undefined;
  return {
    ...catalogue,
    validators: loadValidators(catalogueFiles.validators, folder, cached),
    explaining: () => {
      explaining ??= loadValidators(catalogueFiles.explaining, folder, cached);
      return explaining;
    },
  };
};
