import type { CompiledRule } from '../model/clause.ts';
import type { Finding } from '../model/finding.ts';
import { InUse } from '../model/inUse.ts';
import type { Subject } from '../model/subject.ts';
import { evaluateRule } from './evaluateRule.ts';
import { concerns, partsChanged } from './parts.ts';

/** A subject and what its rules found, in the order of the rules of its kind. */
export interface Judged {
  subject: Subject;
  findings: readonly Finding[];
}

/** Judges all there is; what it has judged before, and has not changed since, it does not judge again. */
export type Judges = (rules: readonly CompiledRule[], subjects: readonly Subject[]) => Judged[];

const keyOf = ({ target: { kind, name, uuid }, definition }: Subject): string =>
  `${kind} ${definition ?? ''} ${uuid ?? ''} ${name}`;

/** The findings of the last round hold but for those rules that what changed concerns. */
const rejudged = (rules: readonly CompiledRule[], last: Judged, subject: Subject, judgeBy: JudgeBy): Judged => {
  const changed = partsChanged(last.subject, subject);
  if (changed !== 'all' && changed.size === 0) return { subject, findings: last.findings };
  let findings: Finding[] | undefined;
  for (const [index, rule] of rules.entries()) {
    if (!concerns(changed, rule)) continue;
    findings ??= [...last.findings];
    findings[index] = judgeBy(rule, subject);
  }
  return { subject, findings: findings ?? last.findings };
};

type JudgeBy = (rule: CompiledRule, subject: Subject) => Finding;

/**
 * Judges without anything to remember yet. They remember one round: the subjects and rules that they were last given.
 *
 * @param onJudge is told each time that a rule judges a subject
 */
export const createJudges = (onJudge: (rule: CompiledRule, subject: Subject) => void = () => {}): Judges => {
  const known = new InUse<Judged>();
  let lastRules: readonly CompiledRule[] | undefined;

  const judgeBy: JudgeBy = (rule, subject) => {
    onJudge(rule, subject);
    return evaluateRule(rule, subject);
  };

  return (rules, subjects) => {
    const sameRules = rules === lastRules;
    lastRules = rules;
    const byKind = {
      domain: rules.filter(({ info }) => info.target === 'domain'),
      host: rules.filter(({ info }) => info.target === 'host'),
    };
    const judged = subjects.map((subject): Judged => {
      const mine = byKind[subject.target.kind];
      return known.get(known.unused(keyOf(subject)), (last) =>
        last === undefined || !sameRules
          ? { subject, findings: mine.map((rule) => judgeBy(rule, subject)) }
          : rejudged(mine, last, subject, judgeBy),
      );
    });
    known.endRound();
    return judged;
  };
};
