import { createHash } from 'node:crypto';
import type { CompiledRule } from '../model/clause.ts';
import { InputError } from '../model/inputError.ts';
import type { Parameters } from '../model/parameters.ts';
import type { RulesetInfo } from '../model/report.ts';
import type { Rule } from '../model/rule.ts';
import type { Waiver } from '../model/waiver.ts';
import { mergeSettings } from '../ruleset/settings/mergeSettings.ts';
import { selectRules } from '../ruleset/settings/selectRules.ts';
import type { Config, Profile, Settings, SettingsFile } from '../ruleset/settings/settings.ts';
import { unknownNames } from '../ruleset/settings/unknownNames.ts';
import type { RuleFileText } from '../sources/ruleFiles.ts';
import type { AuditSpec } from './auditSpec.ts';
import { type BuiltIn, builtIn } from './builtIn.ts';
import { namedFiles } from './namedFiles.ts';
import type { RulesetFiles } from './rulesetFiles.ts';

/** By what an audit judges. */
export interface Ruleset {
  info: RulesetInfo;
  rules: readonly CompiledRule[];
  parameters: Parameters;
  waivers: readonly Waiver[];
  /** Rules of what an upgrade changes that this audit does not ask. */
  notAsked: readonly string[];
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

/** A profile or a configuration, and where it is a file that was read, that file. */
interface Layer<T extends Settings> {
  settings: T;
  file?: SettingsFile<T>;
}

const configOf = async ({ config }: RuleSpec): Promise<Layer<Config> | undefined> => {
  if (config === undefined) return undefined;
  const { loadConfig } = await import('../ruleset/settings/loadSettings.ts');
  const file = loadConfig(config.path, config.text);
  return { settings: file.settings, file };
};

const profileOf = async (
  { name, read }: ReturnType<typeof namedFiles>['profile'],
  profiles: BuiltIn['profiles'],
  files: RulesetFiles | undefined,
): Promise<Layer<Profile> & { name: string }> => {
  const known = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (known !== undefined) return { name, settings: known };
  const { loadProfile } = await import('../ruleset/settings/loadSettings.ts');
  const { name: called, path, text } = files?.profile ?? read();
  const file = loadProfile(path, text);
  return { name: called, settings: file.settings, file };
};

/** The rules of the operator's own files, which may not take the id of another. */
const ownRules = async (files: readonly RuleFileText[], others: readonly Rule[]): Promise<readonly Rule[]> => {
  if (files.length === 0) return [];
  const { loadOwn } = await import('./loadCatalogue.ts');
  return loadOwn(files, others);
};

/**
 * The rules, severities, parameters and waivers of one audit, from the catalogue, the profile, the configuration and the
 * command line, of which the later counts. What the command line names is run even where a profile leaves it out.
 *
 * @throws InputError with a line for every mistake
 */
export const loadRuleset = async (spec: RuleSpec, read?: RulesetFiles): Promise<Ruleset> => {
  const { tags, only, skip } = spec;
  const base = await builtIn();
  const configured = await configOf(spec);
  const named = namedFiles(spec, configured?.file);
  const own = await ownRules(read?.rules ?? named.rules.flatMap((files) => files()), base.rules);
  const catalogue = [...base.rules, ...own].sort((a, b) => (a.id < b.id ? -1 : 1));
  const profile = await profileOf(named.profile, base.profiles, read);
  const layers = configured === undefined ? [profile] : [profile, configured];
  const mistakes = layers.flatMap(({ file }) => (file === undefined ? [] : unknownNames(file, catalogue)));
  if (mistakes.length > 0) throw new InputError(mistakes.join('\n'));

  const settings = mergeSettings(layers.map((layer) => layer.settings));
  const left = [...settings.skip, ...withTag(catalogue, settings.skipTags)].filter((id) => !only.includes(id));
  const selected = selectRules(catalogue, { tags, only, skip: [...left, ...skip], severities: settings.severities });
  const ids = new Set(selected.map(({ id }) => id));
  const { parameters } = settings;
  // One for a rule that is not run this time would look unused.
  const waivers = (configured?.settings.waivers ?? []).filter(({ rule }) => ids.has(rule));
  const theirs = new Set(own.map(({ id }) => id));
  const compileOwn =
    own.length === 0 ? base.compile : (await import('../ruleset/compile/compileOwn.ts')).createOwnCompiler();
  return {
    info: { profile: profile.name, digest: digestOf([profile.name, selected.map(judging), parameters]) },
    rules: selected.map((rule) => (theirs.has(rule.id) ? compileOwn(rule) : base.compile(rule))),
    parameters,
    waivers,
    notAsked: withTag(catalogue, ['upgrade']).filter((id) => !ids.has(id)),
  };
};
