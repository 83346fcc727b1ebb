import type { Parameters } from '../../model/parameters.ts';
import type { Severity } from '../../model/severity.ts';
import type { Waiver } from '../../model/waiver.ts';
import type { YamlFile } from '../load/yamlFile.ts';

/** What profiles and configurations may both say. */
export interface Settings {
  /** Rules that are not run, by id and by tag. */
  skip?: readonly string[];
  skipTags?: readonly string[];
  /** Severities by rule, in place of the rules' own. */
  severities?: Readonly<Record<string, Severity>>;
  parameters?: Partial<Parameters>;
}

/** A named choice of rules for one kind of host. */
export interface Profile extends Settings {
  title: string;
}

/** What virt-audit.yaml may say. */
export interface Config extends Settings {
  profile?: string;
  /** Files and folders of further rules, relative to the configuration's own folder. */
  rules?: readonly string[];
  waivers?: readonly Waiver[];
}

/** A file of settings whose form is right, and that still knows its lines. */
export interface SettingsFile<T extends Settings> {
  path: string;
  settings: T;
  lineOf: YamlFile['lineOf'];
}
