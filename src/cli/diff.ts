import { reportOf } from '../auditor/reportOf.ts';
import { compareFindings } from '../engine/compareFindings.ts';
import type { Change } from '../model/change.ts';
import { exitCode } from '../model/exitCode.ts';
import { InputError } from '../model/inputError.ts';
import { atLeast, type Severity } from '../model/severity.ts';
import { changesJson, changesText } from '../reporters/changes.ts';
import type { DiffOptions } from './diffOptions.ts';

const isNew = (failOn: Severity | 'never') => (change: Change) =>
  failOn !== 'never' &&
  change.kind === 'new' &&
  change.after !== undefined &&
  !change.after.waived &&
  atLeast(change.after.severity, failOn);

/**
 * `virt-audit diff BEFORE AFTER`: compares two audits. Exits with 1 when something new is grave enough.
 *
 * @throws InputError for what is neither a report nor a bundle
 */
export const diff = async (before: string, after: string, { failOnNew, format, all }: DiffOptions): Promise<void> => {
  if (format !== 'text' && format !== 'json') throw new InputError(`--format "${format}", expected text or json`);
  const changes = compareFindings((await reportOf(before)).findings, (await reportOf(after)).findings);
  process.stdout.write(format === 'json' ? changesJson(changes) : changesText(changes, all));
  process.exitCode = changes.some(isNew(failOnNew)) ? exitCode.findings : exitCode.ok;
};
