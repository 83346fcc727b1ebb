import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import type { CompiledRule } from '../model/clause.ts';
import { InputError } from '../model/inputError.ts';
import type { Parameters } from '../model/parameters.ts';
import type { RulesetInfo } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import type { Waiver } from '../model/waiver.ts';
import { createCompiler } from '../ruleset/compileRule.ts';
import { loadConfig, loadProfile } from '../ruleset/loadSettings.ts';
import { mergeSettings } from '../ruleset/mergeSettings.ts';
import { selectRules } from '../ruleset/selectRules.ts';
import { unknownNames } from '../ruleset/unknownNames.ts';
import { profileFile } from '../sources/profileFiles.ts';
import type { AuditSpec } from './auditSpec.ts';
import { loadCatalogue } from './loadCatalogue.ts';

/** By what an audit judges. */
export interface Ruleset {
  info: RulesetInfo;
  rules: readonly CompiledRule[];
  parameters: Parameters;
  waivers: readonly Waiver[];
}

/** Which part of an audit's specification names rules. */
export type RuleSpec = Pick<AuditSpec, 'rules' | 'tags' | 'only' | 'skip' | 'profile' | 'config'>;

const digestOf = (value: object): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

/** What of a rule decides what is found: the same on every host, wherever its files lie. */
const judging = ({ id, severity, when, assert }: Rule): object => ({ id, severity, when, assert });

/** The rules that have one of these tags. */
const withTag = (rules: readonly Rule[], tags: readonly string[]): string[] =>
  rules.filter((rule) => rule.tags.some((tag) => tags.includes(tag))).map(({ id }) => id);

/**
 * The rules, severities, parameters and waivers of one audit, from the catalogue, the profile, the configuration and the
 * command line, of which the later counts. What the command line names is run even where a profile leaves it out.
 *
 * @throws InputError with a line for every mistake
 */
export const loadRuleset = ({ rules: paths, tags, only, skip, profile, config }: RuleSpec): Ruleset => {
  const configured = config === undefined ? undefined : loadConfig(config.path, config.text);
  const own = (configured?.settings.rules ?? []).map((path) => resolve(dirname(config?.path ?? ''), path));
  const catalogue = loadCatalogue([...own, ...paths]);
  const { name, path, text } = profileFile(profile ?? configured?.settings.profile ?? 'default');
  const profiled = loadProfile(path, text);
  const files = configured === undefined ? [profiled] : [profiled, configured];
  const mistakes = files.flatMap((file) => unknownNames(file, catalogue));
  if (mistakes.length > 0) throw new InputError(mistakes.join('\n'));

  const settings = mergeSettings(files.map((file) => file.settings));
  const left = [...settings.skip, ...withTag(catalogue, settings.skipTags)].filter((id) => !only.includes(id));
  const selected = selectRules(catalogue, { tags, only, skip: [...left, ...skip], severities: settings.severities });
  const ids = new Set(selected.map(({ id }) => id));
  const { parameters } = settings;
  // One for a rule that is not run this time would look unused.
  const waivers = (configured?.settings.waivers ?? []).filter(({ rule }) => ids.has(rule));
  return {
    info: { profile: name, digest: digestOf([name, selected.map(judging), parameters, waivers]) },
    rules: selected.map(createCompiler()),
    parameters,
    waivers,
  };
};
