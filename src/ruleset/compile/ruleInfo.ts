import type { Rule, RuleInfo } from '../../model/rule.ts';

/** What a rule says of itself, without what it does. */
export const ruleInfo = ({
  when: _when,
  assert: _assert,
  file: _file,
  vacuous: _vacuous,
  fix: _fix,
  examples: _examples,
  ...info
}: Rule): RuleInfo => info;
