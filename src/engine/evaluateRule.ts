import type { CompiledRule } from '../model/clause.ts';
import type { Finding } from '../model/finding.ts';
import type { Subject } from '../model/subject.ts';
import { applies, judge } from './judge.ts';

/** One rule's finding on one subject. Pure. */
export const evaluateRule = ({ info, when, assert }: CompiledRule, subject: Subject): Finding => {
  const { target, definition } = subject;
  const judged = {
    rule: info.id,
    severity: info.severity,
    target,
    ...(definition === undefined ? {} : { definition }),
  };
  const condition = when === undefined ? { kind: 'holds' as const } : applies(when, subject);
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
