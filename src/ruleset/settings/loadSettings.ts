import type { JsonObject } from '../../model/json.ts';
import { checkedYaml, refuse } from '../load/checkedYaml.ts';
import type { YamlError, YamlFile } from '../load/yamlFile.ts';
import type { Config, Profile, Settings, SettingsFile } from './settings.ts';
import { configSchema, profileSchema } from './settingsSchema.ts';
import { waiverMistakes } from './waiverMistakes.ts';

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
  const yaml = checkedYaml(path, text, schema);
  const mistakes = checks.flatMap((check) => check(yaml.data as JsonObject, yaml));
  if (mistakes.length > 0)
    refuse(
      path,
      [...mistakes].sort((a, b) => a.line - b.line),
    );
  return { path, settings: yaml.data as unknown as T, lineOf: yaml.lineOf };
};

/** virt-audit.yaml. @throws InputError with one line for every mistake: `PATH:LINE: what is wrong, what was expected` */
export const loadConfig = (path: string, text: string): SettingsFile<Config> =>
  load(path, text, configSchema, [regexMistakes, waiverMistakes]);

/** A profile. @throws InputError as above */
export const loadProfile = (path: string, text: string): SettingsFile<Profile> =>
  load(path, text, profileSchema, [regexMistakes]);
