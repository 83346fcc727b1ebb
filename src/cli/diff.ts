import { reportOf } from '../auditor/reportOf.ts';
import { compareFindings } from '../engine/compareFindings.ts';
import type { Change } from '../model/change.ts';
import { exitCode } from '../model/exitCode.ts';
import { InputError } from '../model/inputError.ts';
import type { Report } from '../model/report.ts';
import { atLeast, type Severity } from '../model/severity.ts';
import type { SourceResult } from '../model/source.ts';
import { changesJson, changesText } from '../reporters/changes.ts';
import { printable } from '../reporters/printable.ts';
import type { DiffOptions } from './diffOptions.ts';

/** As for --baseline: what was waived before, or mattered less, nobody has seen as what it is now. */
const isNew =
  (failOn: Severity | 'never') =>
  ({ kind, before, after }: Change): boolean =>
    failOn !== 'never' &&
    after !== undefined &&
    !after.waived &&
    atLeast(after.severity, failOn) &&
    (kind === 'new' ||
      (kind === 'changed' && before !== undefined && (before.waived || !atLeast(before.severity, failOn))));

/** Sources that failed for the later report alone: what they would have brought can't be new there. */
const lost = (before: readonly SourceResult[], after: readonly SourceResult[]): SourceResult[] => {
  const failed = new Set(before.filter(({ ok }) => !ok).map(({ name }) => name));
  return after.filter(({ name, ok }) => !ok && !failed.has(name));
};

/** By which rules a report was made. */
const judgedBy = ({ ruleset: { profile, digest } }: Pick<Report, 'ruleset'>): string => `profile ${profile}, ${digest}`;

/**
 * `virt-audit diff BEFORE AFTER`: compares two audits. Exits with 1 when something new is grave enough, and with 3 when the
 * later one lacks a source that the earlier had.
 *
 * @throws InputError for what is neither a report nor a bundle
 */
export const diff = async (before: string, after: string, { failOnNew, format, all }: DiffOptions): Promise<void> => {
  if (format !== 'text' && format !== 'json') throw new InputError(`--format "${format}", expected text or json`);
  const [earlier, later] = [await reportOf(before), await reportOf(after)];
  const changes = compareFindings(earlier.findings, later.findings);
  process.stdout.write(format === 'json' ? changesJson(changes) : changesText(changes, all));
  process.exitCode = changes.some(isNew(failOnNew)) ? exitCode.findings : exitCode.ok;
  if (earlier.ruleset.digest !== later.ruleset.digest) {
    process.stderr.write(
      printable(
        `virt-audit: ${before} and ${after} were judged by other rules or settings (${judgedBy(earlier)}; ${judgedBy(later)}), so ` +
          'not all of this need be a change of the host; a bundle is judged by the default rules, check --from judges it by yours',
      ).concat('\n'),
    );
  }
  for (const { name, reason = '' } of lost(earlier.sources, later.sources)) {
    process.stderr.write(
      `virt-audit: ${after}: source ${name} failed, and what hangs on it is not compared: ${printable(reason)}\n`,
    );
    process.exitCode = exitCode.incomplete;
  }
};
