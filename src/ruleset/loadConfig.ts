import { Ajv2020 } from 'ajv/dist/2020.js';
import { InputError } from '../model/inputError.ts';
import { type Severity, severities } from '../model/severity.ts';
import { schemaMistakes } from './schemaMistakes.ts';
import { parseYaml } from './yamlFile.ts';

/** What virt-audit.yaml may say. */
export interface Config {
  /** Files and folders of further rules. */
  rules?: readonly string[];
  /** Rules that are not run. */
  skip?: readonly string[];
  /** Severities by rule, in place of the rules' own. */
  severities?: Readonly<Record<string, Severity>>;
}

const texts = { type: 'array', items: { type: 'string', minLength: 1 } };

const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    rules: texts,
    skip: texts,
    severities: { type: 'object', additionalProperties: { enum: [...severities] } },
  },
};

/** @throws InputError with one line for every mistake: `PATH:LINE: what is wrong, what was expected`. */
export const loadConfig = (path: string, text: string): Config => {
  const yaml = parseYaml(text);
  if (!('data' in yaml))
    throw new InputError(yaml.map(({ line, message }) => `${path}:${line}: ${message}`).join('\n'));
  // An empty file says nothing, which is allowed.
  const data = yaml.data ?? {};
  const validate = new Ajv2020({ strict: true, allErrors: true, verbose: true }).compile(schema);
  const mistakes = schemaMistakes(validate, data, yaml);
  if (mistakes.length === 0) return data as Config;
  throw new InputError(mistakes.map(({ line, message }) => `${path}:${line}: ${message}`).join('\n'));
};
