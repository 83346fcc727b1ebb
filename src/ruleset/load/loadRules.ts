import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { InputError } from '../../model/inputError.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Example, Rule } from '../../model/rule.ts';
import { type ClauseMistake, lintClause } from './lintClause.ts';
import { lintReferences } from './lintReferences.ts';
import { schemaMistakes } from './schemaMistakes.ts';
import { parseYaml } from './yamlFile.ts';

/** A rule file as it was read. `area` is its folder, `path` what messages call it. */
export interface RuleFile {
  path: string;
  area: string;
  text: string;
}

type Mistake = { line: number; message: string };

const examplesOf = (data: JsonObject, outcome: string): readonly Example[] =>
  ((data.examples as JsonObject)[outcome] ?? []) as unknown as Example[];

const ruleOf = (file: RuleFile, data: JsonObject): Rule => ({
  ...(data as unknown as Rule),
  tags: (data.tags ?? []) as string[],
  area: file.area,
  file: file.path,
  examples: {
    pass: examplesOf(data, 'pass'),
    fail: examplesOf(data, 'fail'),
    notapplicable: examplesOf(data, 'notapplicable'),
    error: examplesOf(data, 'error'),
  },
});

const referenceMistakes = ({ when, assert }: Rule): ClauseMistake[] => [
  ...(when === undefined ? [] : lintReferences(when, '/when')),
  ...lintReferences(assert, '/assert', when),
];

const loadRule = (file: RuleFile, validate: ValidateFunction): Rule | readonly Mistake[] => {
  const yaml = parseYaml(file.text);
  if (!('data' in yaml)) return yaml;
  const wrong = schemaMistakes(validate, yaml.data, yaml);
  if (wrong.length > 0) return wrong;
  const data = yaml.data as JsonObject;
  const rule = ruleOf(file, data);
  const name = file.path.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
  const mistakes = [
    ...(rule.id === name ? [] : [{ at: '/id', message: `id "${rule.id}" differs from the file's name "${name}"` }]),
    ...(rule.when === undefined ? [] : lintClause(rule.when, '/when', rule.target)),
    ...lintClause(rule.assert, '/assert', rule.target),
  ];
  // Only of places that exist can it be said whether they may be missing.
  if (mistakes.length === 0) mistakes.push(...referenceMistakes(rule));
  return mistakes.length === 0 ? rule : mistakes.map(({ at, message }) => ({ line: yaml.lineOf(at), message }));
};

/** Where a file that was loaded says its id. */
const idLine = ({ text }: RuleFile): number => {
  const yaml = parseYaml(text);
  return 'data' in yaml ? yaml.lineOf('/id') : 1;
};

/**
 * Rules from their files, in the order of their ids.
 *
 * @param schema the parsed rules/schema.json
 * @param others rules whose ids are taken
 * @throws InputError with one line for every mistake in any file: `PATH:LINE: what is wrong, what was expected`.
 */
export const loadRules = (files: readonly RuleFile[], schema: JsonObject, others: readonly Rule[] = []): Rule[] => {
  const validate = new Ajv2020({
    strict: true,
    strictRequired: false,
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
  }).compile(schema);
  const rules: Rule[] = [];
  const mistakes: string[] = [];
  const seen = new Map(others.map(({ id, file }) => [id, file]));
  for (const file of files) {
    const loaded = loadRule(file, validate);
    if ('id' in loaded) {
      const other = seen.get(loaded.id);
      if (other === undefined) rules.push(loaded);
      else
        mistakes.push(
          `${file.path}:${idLine(file)}: rule "${loaded.id}" is already in ${other}; give it an id of its own`,
        );
      seen.set(loaded.id, file.path);
    } else mistakes.push(...loaded.map(({ line, message }) => `${file.path}:${line}: ${message}`));
  }
  if (mistakes.length > 0) throw new InputError(mistakes.join('\n'));
  return rules.sort((a, b) => (a.id < b.id ? -1 : 1));
};
