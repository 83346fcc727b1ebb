import { dirname, resolve } from 'node:path';
import { InputError } from '../model/inputError.ts';
import { toPointer } from '../model/pointer.ts';
import type { Config, SettingsFile } from '../ruleset/settings/settings.ts';
import { isProfilePath, type ProfileText, profileFile } from '../sources/profileFiles.ts';
import { type RuleFileText, ruleFiles } from '../sources/ruleFiles.ts';
import type { AuditSpec } from './auditSpec.ts';

/** A profile, or files of rules, and how they are read. */
interface NamedFiles {
  profile: { name: string; read(): ProfileText };
  rules: readonly (() => RuleFileText[])[];
}

/**
 * The profile and the rules that the configuration and the command line name. What the configuration names is relative to
 * it, and when it can't be read, its line there is told.
 */
export const namedFiles = (
  { rules, profile, config }: Pick<AuditSpec, 'rules' | 'profile' | 'config'>,
  configured: SettingsFile<Config> | undefined,
): NamedFiles => {
  const fromConfig = (path: string): string => resolve(dirname(config?.path ?? ''), path);
  const told =
    <T>(at: readonly (string | number)[], read: () => T): (() => T) =>
    () => {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof InputError) || configured === undefined) throw error;
        throw new InputError(`${configured.path}:${configured.lineOf(toPointer(at))}: ${at[0]}: ${error.message}`);
      }
    };
  const inConfig = profile === undefined ? configured?.settings.profile : undefined;
  const name =
    profile ?? (inConfig !== undefined && isProfilePath(inConfig) ? fromConfig(inConfig) : inConfig) ?? 'default';
  return {
    profile: {
      name,
      read: inConfig === undefined ? () => profileFile(name) : told(['profile'], () => profileFile(name)),
    },
    rules: [
      ...(configured?.settings.rules ?? []).map((path, index) =>
        told(['rules', index], () => ruleFiles(fromConfig(path))),
      ),
      ...rules.map((path) => () => ruleFiles(path)),
    ],
  };
};
