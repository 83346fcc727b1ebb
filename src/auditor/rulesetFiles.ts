import { loadConfig } from '../ruleset/settings/loadSettings.ts';
import { builtInProfiles, type ProfileText } from '../sources/profileFiles.ts';
import type { RuleFileText } from '../sources/ruleFiles.ts';
import type { AuditSpec } from './auditSpec.ts';
import { namedFiles } from './namedFiles.ts';

/** The operator's own texts, beside the configuration's, which an audit's specification holds. */
export interface RulesetFiles {
  rules: readonly RuleFileText[];
  /** Absent for a built-in one. */
  profile?: ProfileText;
}

/**
 * Reads the rules that configuration and command line name, and the profile where it is the operator's own.
 *
 * @throws InputError when one is not there, or the configuration is wrong
 */
export const readRulesetFiles = (spec: Pick<AuditSpec, 'rules' | 'profile' | 'config'>): RulesetFiles => {
  const { config } = spec;
  const { profile, rules } = namedFiles(spec, config === undefined ? undefined : loadConfig(config.path, config.text));
  return {
    rules: rules.flatMap((read) => read()),
    ...(builtInProfiles().includes(profile.name) ? {} : { profile: profile.read() }),
  };
};
