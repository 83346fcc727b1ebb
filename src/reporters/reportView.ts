import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { atLeast, type Severity } from '../model/severity.ts';

/** The report with only the findings and rules at or above a severity. What it counts stays as it was. */
export const reportView = (report: Report, minSeverity: Severity): Report => ({
  ...report,
  findings: report.findings.filter(({ severity }) => atLeast(severity, minSeverity)),
  rules: report.rules.filter(({ severity }) => atLeast(severity, minSeverity)),
});

/** Findings by rule, in the order of their first. */
export const byRule = (findings: readonly Finding[]): Map<string, Finding[]> => {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.rule);
    if (group === undefined) groups.set(finding.rule, [finding]);
    else group.push(finding);
  }
  return groups;
};
