import type { Rule } from '../model/rule.ts';
import { loadRules } from '../ruleset/load/loadRules.ts';
import { builtInRules, type RuleFileText, ruleFiles, ruleSchema } from '../sources/ruleFiles.ts';

/**
 * The rules of one file or folder alone.
 *
 * @throws InputError with a line for every mistake
 */
export const loadFiles = (path: string): Rule[] => loadRules(ruleFiles(path), ruleSchema());

/**
 * The built-in rules and those of further files or folders.
 *
 * @throws InputError with a line for every mistake
 */
export const loadCatalogue = (paths: readonly string[]): Rule[] =>
  loadRules([builtInRules, ...paths].flatMap(ruleFiles), ruleSchema());

/**
 * The rules of an operator's own files.
 *
 * @param others the rules whose ids are taken
 * @throws InputError with a line for every mistake
 */
export const loadOwn = (files: readonly RuleFileText[], others: readonly Rule[]): Rule[] =>
  loadRules(files, ruleSchema(), others);
