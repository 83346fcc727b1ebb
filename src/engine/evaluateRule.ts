import type { CompiledRule } from '../model/clause.ts';
import { ClauseTimeout } from '../model/clauseTimeout.ts';
import type { Finding } from '../model/finding.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Subject } from '../model/subject.ts';
import { applies, holding, judge } from './judge.ts';

/**
 * What every finding has. Written out: to spread one object into another, a hundred times for each domain, is what an audit
 * would spend most of its time in.
 */
export const judgedAs = <Found extends Outcome>(
  { info }: CompiledRule,
  { target, definition }: Subject,
  outcome: Found,
) =>
  definition === undefined
    ? { rule: info.id, severity: info.severity, target, outcome }
    : { rule: info.id, severity: info.severity, target, definition, outcome };

const evaluate = (rule: CompiledRule, subject: Subject): Finding => {
  const { when, assert } = rule;
  const condition = when === undefined ? holding : applies(when, subject);
  if (condition.kind === 'broken') return judgedAs(rule, subject, 'notapplicable');
  if (condition.kind === 'unknown') return { ...judgedAs(rule, subject, 'error'), reason: condition.reason };
  const verdict = judge(assert, subject);
  switch (verdict.kind) {
    case 'holds':
      return judgedAs(rule, subject, 'pass');
    case 'broken':
      return { ...judgedAs(rule, subject, 'fail'), violations: verdict.violations };
    case 'unknown':
      return { ...judgedAs(rule, subject, 'error'), reason: verdict.reason };
  }
};

/**
 * One rule's finding on one subject. What can't be judged in time is an `error`, and so is what makes a validator throw, as ajv's
 * do on objects with a member `toString`: it costs the other rules nothing. Pure.
 */
export const evaluateRule = (rule: CompiledRule, subject: Subject): Finding => {
  try {
    return evaluate(rule, subject);
  } catch (error) {
    const reason = error instanceof ClauseTimeout ? error.message : `the rule broke on it: ${String(error)}`;
    return { ...judgedAs(rule, subject, 'error'), reason };
  }
};
