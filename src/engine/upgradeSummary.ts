import type { Finding } from '../model/finding.ts';
import type { UpgradeItem, UpgradeSummary } from '../model/report.ts';
import type { RuleInfo } from '../model/rule.ts';
import { atLeast, type Severity } from '../model/severity.ts';
import type { SourceResult } from '../model/source.ts';
import type { Target } from '../model/subject.ts';

/** `upgrade`: what an upgrade changes for a domain. `before-upgrade`: what is wrong already, and worse in the midst of one. */
const isAbout = ({ tags }: RuleInfo): boolean => tags.includes('upgrade') || tags.includes('before-upgrade');

/** When what a rule found has to be seen to. */
const urgencyOf = ({ tags }: RuleInfo, severity: Severity): 'blocked' | 'before' | 'later' => {
  if (tags.includes('upgrade') && atLeast(severity, 'high')) return 'blocked';
  return atLeast(severity, 'medium') ? 'before' : 'later';
};

/** What is there that should not be, where that says it in words; else the place and what was expected. */
const words = (finding: Finding): string[] => {
  if (finding.outcome === 'error') return [finding.reason];
  if (finding.outcome !== 'fail') return [];
  return finding.violations.flatMap(({ at, message, actual }) => {
    if (message.startsWith('expected nothing there') && typeof actual === 'string') return [actual];
    if (Array.isArray(actual) && actual.length > 0 && actual.every((one) => typeof one === 'string')) return actual;
    return [`${at}: ${message}`];
  });
};

/** The name, too: definitions from files may share a uuid by mistake, and both domains are to be upgraded. */
const keyOf = ({ kind, name, uuid }: Target): string => JSON.stringify([kind, name, uuid]);

/** Each target once and under it each rule once, in the order of the findings. */
const itemsOf = (findings: readonly Finding[]): UpgradeItem[] => {
  const items = new Map<string, { target: Target; rules: Map<string, Set<string>> }>();
  for (const finding of findings) {
    const key = keyOf(finding.target);
    const item = items.get(key) ?? { target: finding.target, rules: new Map<string, Set<string>>() };
    const said = item.rules.get(finding.rule) ?? new Set<string>();
    for (const word of words(finding)) said.add(word);
    item.rules.set(finding.rule, said);
    items.set(key, item);
  }
  return [...items.values()].map(({ target, rules }) => ({
    target,
    because: [...rules].map(([rule, said]) => ({ rule, words: [...said] })),
  }));
};

/**
 * The answer to "what happens at the upgrade": what blocks it, what is to be done before, what can wait, and of whom that is
 * not known. What is waived is none of them.
 *
 * @param to the host that the domains are to run on next
 */
export const upgradeSummary = (
  to: { name: string; qemu?: string; unseen?: readonly string[] },
  rules: readonly RuleInfo[],
  findings: readonly Finding[],
  sources: readonly SourceResult[],
): UpgradeSummary => {
  const about = new Map(rules.filter(isAbout).map((rule) => [rule.id, rule]));
  const asked = findings.filter(({ rule }) => about.has(rule));
  const failing = asked.filter((finding) => finding.outcome === 'fail' && finding.waiver === undefined);
  const of = (urgency: ReturnType<typeof urgencyOf>) =>
    failing.filter(({ rule, severity }) => {
      const info = about.get(rule);
      return info !== undefined && urgencyOf(info, severity) === urgency;
    });
  const [blocked, before] = [of('blocked'), of('before')];
  const missing = asked.filter(({ outcome }) => outcome === 'error');
  const open = new Set([...blocked, ...before, ...missing].map(({ target }) => keyOf(target)));
  const domains = new Set(asked.filter(({ target }) => target.kind === 'domain').map(({ target }) => keyOf(target)));
  return {
    ...to,
    unseen: to.unseen ?? [],
    domains: domains.size,
    clear: [...domains].filter((key) => !open.has(key)).length,
    blocked: itemsOf(blocked),
    before: itemsOf(before),
    later: itemsOf(of('later')),
    missing: itemsOf(missing),
    sources: sources.filter(({ ok }) => !ok).map(({ name }) => name),
  };
};
