import type { Registry } from 'prom-client';
import type { Finding } from '../../model/finding.ts';
import { outcomes } from '../../model/outcome.ts';
import type { Report } from '../../model/report.ts';
import { gauge } from './gauge.ts';

/** The outcomes, and `waived` for a failure that its operator has accepted. */
const results = [...outcomes, 'waived'] as const;

const resultOf = (finding: Finding): (typeof results)[number] =>
  finding.outcome === 'fail' && finding.waiver !== undefined ? 'waived' : finding.outcome;

/** Every rule, and how many targets came to each outcome: bounded and zero-filled, so that alerts can build on it. */
export const ruleMetrics = (registry: Registry, { rules, findings }: Report): void => {
  gauge(
    registry,
    'rule_info',
    'Rules that the last audit applied; the text about each.',
    ['rule', 'severity', 'category', 'scope', 'title'],
    rules.map(({ id, severity, area, target, title }) => [
      { rule: id, severity, category: area, scope: target, title },
      1,
    ]),
  );
  const counts = new Map<string, number>();
  const totals = new Map<string, number>();
  for (const finding of findings) {
    const result = resultOf(finding);
    const key = `${finding.rule} ${result}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    totals.set(result, (totals.get(result) ?? 0) + 1);
  }
  gauge(
    registry,
    'results',
    'Results of all rules on all their targets in the last audit: the sums of virt_audit_rule_targets.',
    ['result'],
    results.map((result) => [{ result }, totals.get(result) ?? 0]),
  );
  gauge(
    registry,
    'rule_targets',
    'Targets of each rule in the last audit, by result. A domain counts once for each definition that it has.',
    ['rule', 'severity', 'result'],
    rules.flatMap(({ id, severity }) =>
      results.map((result) => [{ rule: id, severity, result }, counts.get(`${id} ${result}`) ?? 0] as const),
    ),
  );
};
