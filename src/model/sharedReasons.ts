import type { Finding } from './finding.ts';

type Unjudged = Extract<Finding, { outcome: 'error' }>;

/** A reason that kept many rules from being judged. */
export interface SharedReason {
  reason: string;
  findings: Unjudged[];
}

/** So many rules with one reason are still told of each by itself. */
const fewRules = 3;

/**
 * Takes reasons apart that kept more than a few rules from being judged: a domain that can't be read is an error of every rule
 * about domains, and a hundred times the same would bury what else was found.
 */
export const sharedReasons = (findings: readonly Finding[]): { shared: SharedReason[]; others: Finding[] } => {
  const byReason = new Map<string, Unjudged[]>();
  for (const finding of findings) {
    if (finding.outcome !== 'error') continue;
    const group = byReason.get(finding.reason);
    if (group === undefined) byReason.set(finding.reason, [finding]);
    else group.push(finding);
  }
  const shared = [...byReason]
    .map(([reason, group]) => ({ reason, findings: group }))
    .filter((each) => new Set(each.findings.map(({ rule }) => rule)).size > fewRules);
  const folded = new Set<Finding>(shared.flatMap((each) => each.findings));
  return { shared, others: findings.filter((finding) => !folded.has(finding)) };
};
