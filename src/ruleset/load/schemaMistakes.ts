import type { ValidateFunction } from 'ajv';
import { isNoise, placeOf, wording } from './wording.ts';
import type { YamlError, YamlFile } from './yamlFile.ts';

/** What a schema finds wrong in a YAML file, in the order of its lines; empty when nothing is. */
export const schemaMistakes = (validate: ValidateFunction, data: unknown, { lineOf }: YamlFile): YamlError[] => {
  if (validate(data)) return [];
  const errors = (validate.errors ?? []).filter((error) => !isNoise(error));
  const mistakes = errors.map((error) => ({ line: lineOf(placeOf(error)), message: wording(error) }));
  return mistakes.sort((a, b) => a.line - b.line);
};
