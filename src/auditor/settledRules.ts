import { InputError } from '../model/inputError.ts';
import type { Parameters } from '../model/parameters.ts';
import type { Rule } from '../model/rule.ts';
import { loadConfig, loadProfile } from '../ruleset/settings/loadSettings.ts';
import { mergeSettings } from '../ruleset/settings/mergeSettings.ts';
import { unknownNames } from '../ruleset/settings/unknownNames.ts';
import type { AuditSpec } from './auditSpec.ts';
import { loadCatalogue, loadOwn } from './loadCatalogue.ts';
import { namedFiles } from './namedFiles.ts';

/** Rules to be read, and what profile and configuration make of them. */
export interface SettledRules {
  /** Also those that are skipped: who asks about one may want to know what is missed. */
  rules: readonly Rule[];
  parameters: Parameters;
}

/**
 * All that rule files say, which an audit does not load, each rule as grave as an audit would hold it to be.
 *
 * @throws InputError with a line for every mistake
 */
export const settledRules = (spec: Pick<AuditSpec, 'rules' | 'profile' | 'config'>): SettledRules => {
  const { config } = spec;
  const configured = config === undefined ? undefined : loadConfig(config.path, config.text);
  const named = namedFiles(spec, configured);
  const builtIn = loadCatalogue([]);
  const own = loadOwn(
    named.rules.flatMap((read) => read()),
    builtIn,
  );
  const rules = [...builtIn, ...own];
  const { path, text } = named.profile.read();
  const layers = [loadProfile(path, text), ...(configured === undefined ? [] : [configured])];
  const mistakes = layers.flatMap((file) => unknownNames(file, rules));
  if (mistakes.length > 0) throw new InputError(mistakes.join('\n'));
  const { severities, parameters } = mergeSettings(layers.map(({ settings }) => settings));
  return { rules: rules.map((rule) => ({ ...rule, severity: severities[rule.id] ?? rule.severity })), parameters };
};
