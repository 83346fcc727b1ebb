import { Ajv2020 } from 'ajv/dist/2020.js';
import { InputError } from '../model/inputError.ts';
import type { JsonObject } from '../model/json.ts';
import { schemaMistakes } from './schemaMistakes.ts';
import type { Config, Profile, Settings, SettingsFile } from './settings.ts';
import { configSchema, profileSchema } from './settingsSchema.ts';
import { waiverMistakes } from './waiverMistakes.ts';
import { parseYaml, type YamlError, type YamlFile } from './yamlFile.ts';

type Check = (data: JsonObject, yaml: YamlFile) => readonly YamlError[];

const regexMistakes: Check = (data, { lineOf }) => {
  const name = (data.parameters as JsonObject | undefined)?.systemVmName;
  try {
    if (typeof name === 'string') new RegExp(name, 'u');
    return [];
  } catch (error) {
    const message = `parameters.systemVmName: ${(error as Error).message}`;
    return [{ line: lineOf('/parameters/systemVmName'), message }];
  }
};

const load = <T extends Settings>(
  path: string,
  text: string,
  schema: object,
  checks: readonly Check[],
): SettingsFile<T> => {
  const refuse = (mistakes: readonly YamlError[]): never => {
    throw new InputError(mistakes.map(({ line, message }) => `${path}:${line}: ${message}`).join('\n'));
  };
  const yaml = parseYaml(text);
  if (!('data' in yaml)) return refuse(yaml);
  // An empty file says nothing, which is allowed.
  const data = yaml.data ?? {};
  const validate = new Ajv2020({ strict: true, allErrors: true, verbose: true }).compile(schema);
  const wrong = schemaMistakes(validate, data, yaml);
  if (wrong.length > 0) refuse(wrong);
  const mistakes = checks.flatMap((check) => check(data as JsonObject, yaml));
  if (mistakes.length > 0) refuse([...mistakes].sort((a, b) => a.line - b.line));
  return { path, settings: data as unknown as T, lineOf: yaml.lineOf };
};

/** virt-audit.yaml. @throws InputError with one line for every mistake: `PATH:LINE: what is wrong, what was expected` */
export const loadConfig = (path: string, text: string): SettingsFile<Config> =>
  load(path, text, configSchema, [regexMistakes, waiverMistakes]);

/** A profile. @throws InputError as above */
export const loadProfile = (path: string, text: string): SettingsFile<Profile> =>
  load(path, text, profileSchema, [regexMistakes]);
