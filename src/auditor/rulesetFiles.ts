import { dirname, resolve } from 'node:path';
import { loadConfig } from '../ruleset/loadSettings.ts';
import { builtInProfiles, type ProfileText, profileFile } from '../sources/profileFiles.ts';
import { type RuleFileText, ruleFiles } from '../sources/ruleFiles.ts';
import type { AuditSpec } from './auditSpec.ts';

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
export const readRulesetFiles = ({
  rules: paths,
  profile,
  config,
}: Pick<AuditSpec, 'rules' | 'profile' | 'config'>): RulesetFiles => {
  const settings = config === undefined ? {} : loadConfig(config.path, config.text).settings;
  const own = (settings.rules ?? []).map((path) => resolve(dirname(config?.path ?? ''), path));
  const name = profile ?? settings.profile ?? 'default';
  return {
    rules: [...own, ...paths].flatMap(ruleFiles),
    ...(builtInProfiles().includes(name) ? {} : { profile: profileFile(name) }),
  };
};
