import type { CompiledRule } from '../model/clause.ts';
import type { Finding } from '../model/finding.ts';
import type { Subject } from '../model/subject.ts';
import { applies, type Judgement, judge } from './judge.ts';

const holding: Judgement = { kind: 'holds' };

/** One rule's finding on one subject. Pure. */
export const evaluateRule = (
  { info: { id: rule, severity }, when, assert }: CompiledRule,
  subject: Subject,
): Finding => {
  const { target, definition } = subject;
  const judged = definition === undefined ? { rule, severity, target } : { rule, severity, target, definition };
  const condition = when === undefined ? holding : applies(when, subject);
  if (condition.kind === 'broken') return { ...judged, outcome: 'notapplicable' };
  if (condition.kind === 'unknown') return { ...judged, outcome: 'error', reason: condition.reason };
  const verdict = judge(assert, subject);
  switch (verdict.kind) {
    case 'holds':
      return { ...judged, outcome: 'pass' };
    case 'broken':
      return { ...judged, outcome: 'fail', violations: verdict.violations };
    case 'unknown':
      return { ...judged, outcome: 'error', reason: verdict.reason };
  }
};
