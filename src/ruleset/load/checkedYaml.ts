import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import { InputError } from '../../model/inputError.ts';
import { schemaMistakes } from './schemaMistakes.ts';
import { parseYaml, type YamlError, type YamlFile } from './yamlFile.ts';

/** @throws InputError with one line for every mistake: `PATH:LINE: what is wrong, what was expected` */
export const refuse = (path: string, mistakes: readonly YamlError[]): never => {
  throw new InputError(mistakes.map(({ line, message }) => `${path}:${line}: ${message}`).join('\n'));
};

/**
 * A settings file in YAML, held against a schema; an empty file is an empty mapping.
 *
 * @throws InputError with one line for every mistake
 */
export const checkedYaml = (path: string, text: string, schema: AnySchemaObject): YamlFile & { empty: boolean } => {
  const yaml = parseYaml(text);
  if (!('data' in yaml)) return refuse(path, yaml);
  const empty = (yaml.data ?? undefined) === undefined;
  const data = empty ? {} : yaml.data;
  const validate = new Ajv2020({ strict: true, allErrors: true, verbose: true }).compile(schema);
  const mistakes = schemaMistakes(validate, data, yaml);
  return mistakes.length === 0 ? { data, lineOf: yaml.lineOf, empty } : refuse(path, mistakes);
};
