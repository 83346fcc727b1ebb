import { type Auditor, createAuditor } from '../../auditor/auditor.ts';
import type { AuditSpec } from '../../auditor/auditSpec.ts';
import { readRulesetFiles } from '../../auditor/rulesetFiles.ts';
import { unexpected } from '../../auditor/unexpected.ts';
import { openWeb, type WebConfig } from '../../exporter/webConfig.ts';
import { InputError } from '../../model/inputError.ts';
import type { Log } from '../../model/log.ts';
import { utf8Text } from '../../model/utf8Text.ts';
import { auditSpec } from '../auditOptions.ts';
import { readInput } from '../readInput.ts';
import type { ServeOptions } from '../serveOptions.ts';
import { parseWebFile } from './webFile.ts';
import { createWebTls } from './webTls.ts';

/** What comes from files and a reload replaces: rules, settings, and who may ask. */
export interface Setup {
  spec: AuditSpec;
  /** Has the rules loaded. */
  auditor: Auditor;
  web: WebConfig;
}

/**
 * libvirt's share of an audit's time: with the default, a hung daemon shows in the very scrape that waits for it, since
 * Prometheus waits 10 s by default.
 */
const libvirtShare = 0.4;

/** How long a process may take to start and compile its rules: seconds at most, and more on a host that is under water. */
const patience = 120_000;

const webConfig = (path: string | undefined, log: Log): WebConfig => {
  if (path === undefined) return openWeb;
  const text = utf8Text(path, readInput(path, '--web.config.file takes a YAML file'));
  const { tls, ...rest } = parseWebFile(path, text);
  return { ...rest, ...(tls === undefined ? {} : { tls: createWebTls(tls, log, () => new Date()) }) };
};

/** What was read once is not left out since it is gone, any more than what is empty. @throws InputError */
const checkConfigStays = ({ config }: AuditSpec, before: AuditSpec | undefined): void => {
  if (before?.config !== undefined && config === undefined)
    throw new InputError(`${before.config.path}: is not there any more; {} in it stands for no settings`);
};

/**
 * Reads every file anew, and tries the rules in a process of their own, which then audits by what it has read.
 *
 * @param before what a reload is to replace
 * @throws InputError for any mistake in any of them; then nothing has changed
 */
export const createSetup = async (options: ServeOptions, log: Log, before?: AuditSpec): Promise<Setup> => {
  const timeout = options['audit.timeout'];
  const spec = auditSpec(options, timeout * libvirtShare);
  checkConfigStays(spec, before);
  const web = webConfig(options['web.config.file'], log);
  const auditor = createAuditor(readRulesetFiles(spec));
  try {
    const result = await auditor.run({ spec, renderings: [], dryRun: true }, patience);
    if (result.kind !== 'ready') throw unexpected(result);
    return { spec, auditor, web };
  } catch (error) {
    auditor.stop();
    throw error;
  }
};
