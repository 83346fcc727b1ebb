import type { Registry } from 'prom-client';
import type { Finding } from '../../model/finding.ts';
import type { Report } from '../../model/report.ts';
import { severities } from '../../model/severity.ts';
import { gauge, type Sample, single } from './gauge.ts';

type Failing = Finding & { outcome: 'fail' };

const isFailing = (finding: Finding): finding is Failing => finding.outcome === 'fail';

const statusOf = ({ waiver }: Failing): 'open' | 'waived' => (waiver === undefined ? 'open' : 'waived');

/** The gravest `limit` of the series: findings are ordered by severity, and a series is a domain and a rule. */
const capped = (findings: readonly Failing[], limit: number) => {
  const series = new Map<string, Failing[]>();
  for (const finding of findings) {
    const key = `${finding.target.name}\n${finding.rule}`;
    const group = series.get(key);
    if (group === undefined) series.set(key, [finding]);
    else group.push(finding);
  }
  const all = [...series.values()];
  return { kept: all.slice(0, limit), dropped: Math.max(0, all.length - limit) };
};

/**
 * What fails: counts by severity always, single domains and the host only while something fails.
 *
 * @param maxSeries of single domains; undefined to leave these out
 */
export const findingMetrics = (registry: Registry, report: Report, maxSeries: number | undefined): void => {
  const failing = report.findings.filter(isFailing);
  gauge(
    registry,
    'findings',
    'Failing findings of the last audit, by severity and whether a waiver covers them.',
    ['severity', 'status'],
    severities.flatMap((severity): Sample<'severity' | 'status'>[] => [
      [{ severity, status: 'open' }, report.summary.failures[severity]],
      [{ severity, status: 'waived' }, report.summary.waived[severity]],
    ]),
  );
  gauge(
    registry,
    'host_findings',
    'Offending places on the host for each failing rule.',
    ['rule', 'severity', 'status'],
    failing
      .filter(({ target }) => target.kind === 'host')
      .map((finding) => [
        { rule: finding.rule, severity: finding.severity, status: statusOf(finding) },
        finding.violations.length,
      ]),
  );
  if (maxSeries === undefined) return;
  const { kept, dropped } = capped(
    failing.filter(({ target }) => target.kind === 'domain'),
    maxSeries,
  );
  gauge(
    registry,
    'domain_findings',
    'Offending places in a domain for each failing rule, over its live and configured definition.',
    ['domain', 'rule', 'severity', 'status'],
    kept
      .flat()
      .map(
        (finding): Sample<'domain' | 'rule' | 'severity' | 'status'> => [
          { domain: finding.target.name, rule: finding.rule, severity: finding.severity, status: statusOf(finding) },
          finding.violations.length,
        ],
      ),
  );
  single(
    registry,
    'findings_series_dropped',
    'Series of virt_audit_domain_findings that the last audit left out because of the cap.',
    dropped,
  );
};
