import type { Access } from '../access.ts';
import type { DecidingRule } from '../decision.ts';
import type { CompiledRule } from '../policy/compiledRule.ts';
import type { PlacedRule } from '../profile.ts';

/** What the rules alone say. */
export interface Verdict {
  readonly effect: 'allow' | 'deny' | 'prompt';
  readonly explicit: boolean;
  readonly audited: boolean;
  readonly quiet: boolean;
  readonly rules: readonly DecidingRule[];
}

/**
 * Weighs the rules that match: those of the highest priority decide; among them a deny wins, then an allow, then a prompt.
 * Order and specificity have no say (apparmor.d(5), "Rule Qualifiers").
 */
export function verdictOf(matching: readonly PlacedRule<CompiledRule>[], access: Access): Verdict {
  const highest = matching.reduce((most, { rule }) => Math.max(most, rule.qualifiers.priority), -Infinity);
  const deciding = matching.filter(({ rule }) => rule.qualifiers.priority === highest);
  for (const effect of ['deny', 'allow', 'prompt'] as const) {
    const rules = deciding.filter(({ rule }) => rule.qualifiers.effect === effect);
    if (rules.length === 0) continue;
    return {
      effect,
      explicit: true,
      audited: effect === 'allow' && rules.some(({ rule }) => rule.audited.includes(access)),
      quiet: effect === 'deny' && rules.some(({ rule }) => !rule.qualifiers.audit),
      rules: rules.map(decidingRule),
    };
  }
  return { effect: 'deny', explicit: false, audited: false, quiet: false, rules: [] };
}

function decidingRule({ file, rule, includedFrom }: PlacedRule<CompiledRule>): DecidingRule {
  const { effect, audit, owner, priority } = rule.qualifiers;
  return { file, line: rule.rule.line, text: rule.rule.text.trim(), effect, audit, owner, priority, includedFrom };
}
