import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { atLeast, type Severity, severities } from '../model/severity.ts';
import { domainSources } from '../model/source.ts';
import type { Paint } from './paint.ts';
import { plural } from './plural.ts';
import { printable } from './printable.ts';
import { byRule } from './reportView.ts';

/** None is not the same as none that could be read. */
const domainsSeen = ({ summary, sources }: Report): string => {
  const count = Object.values(summary.domains).reduce((sum, each) => sum + each, 0);
  if (sources.every(({ name, ok }) => ok || !domainSources.includes(name))) return plural(count, 'domain');
  return count === 0 ? 'Domains unknown' : `At least ${plural(count, 'domain')}`;
};

/** Of an incomplete audit nobody knows which rules would be without one. */
const clean = ({ summary, rules, findings, baseline }: Report): string => {
  if (!summary.complete) return '';
  const found = byRule(findings.filter(({ outcome }) => outcome === 'fail')).size;
  return `, ${rules.length - found} of them without a ${baseline === undefined ? '' : 'new '}finding`;
};

const counts = ({ summary: { outcomes, failures, waived } }: Report): string => {
  const grave = severities
    .filter((severity) => failures[severity] > 0)
    .map((severity) => `${failures[severity]} ${severity}`);
  const accepted = Object.values(waived).reduce((sum, count) => sum + count, 0);
  return [
    `${outcomes.fail - accepted} fail${grave.length > 0 ? ` (${grave.join(', ')})` : ''}`,
    ...(accepted > 0 ? [`${accepted} waived`] : []),
    `${outcomes.error} error`,
    `${outcomes.pass} pass`,
    `${outcomes.notapplicable} not applicable`,
  ].join(', ');
};

/** What is counted, and was not asked to be seen. */
const hidden = (findings: readonly Finding[], minSeverity: Severity): string[] => {
  const below = findings.filter(({ severity }) => !atLeast(severity, minSeverity));
  const fail = below.filter((finding) => finding.outcome === 'fail' && finding.waiver === undefined).length;
  const waived = below.filter((finding) => finding.outcome === 'fail' && finding.waiver !== undefined).length;
  const error = below.filter(({ outcome }) => outcome === 'error').length;
  const parts = Object.entries({ fail, waived, error }).flatMap(([what, count]) =>
    count > 0 ? `${count} ${what}` : [],
  );
  return parts.length === 0 ? [] : [`Not shown, being below ${minSeverity} (--min-severity): ${parts.join(', ')}.`];
};

/** The last lines: what the audit comes to, and what of it does not stand above. */
export const closing = (report: Report, minSeverity: Severity, paint: Paint): string[] => {
  const { baseline, findings, rules, summary } = report;
  return [
    `${domainsSeen(report)}, ${plural(rules.length, 'rule')}${clean(report)}: ${counts(report)}.`,
    ...(baseline === undefined
      ? []
      : [
          `Neither shown nor counted: ${plural(baseline.known, 'failing place')} that ${printable(baseline.report)} has too.`,
        ]),
    ...hidden(findings, minSeverity),
    ...(summary.complete
      ? []
      : [paint('magenta', 'This audit is incomplete: what is marked ? or ! could not be read or judged.')]),
  ];
};
