import type { CompiledRule } from '../model/clause.ts';
import type { Finding } from '../model/finding.ts';
import { InUse } from '../model/inUse.ts';
import type { Subject } from '../model/subject.ts';
import { evaluateRule, judgedAs } from './evaluateRule.ts';
import { explainedAlike } from './explainedAlike.ts';
import { concerns, partsChanged } from './parts.ts';
import { type PlaceNode, placeTree } from './placeTree.ts';
import { rulesConcerned } from './rulesConcerned.ts';

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

const sameUnknown = (a: Subject, b: Subject): boolean =>
  a.unknown.length === b.unknown.length && a.unknown.every(({ at }, index) => at === b.unknown[index]?.at);

/** What a rule finds on a subject in which it sees no difference to another, given what it found there. */
const alike = (rule: CompiledRule, found: Finding, before: Subject, subject: Subject): Finding | undefined => {
  const { outcome } = found;
  if (outcome === 'pass' || outcome === 'notapplicable') return judgedAs(rule, subject, outcome);
  if (outcome !== 'fail' || !explainedAlike(found.violations, before.facts, subject.facts)) return undefined;
  return { ...judgedAs(rule, subject, outcome), violations: found.violations };
};

/** Most domains of a host are made alike, so that most rules find what they found on the one judged before. */
const likeNeighbour = (
  rules: readonly CompiledRule[],
  tree: PlaceNode,
  { subject: before, findings }: Judged,
  subject: Subject,
  judgeBy: JudgeBy,
): Judged => {
  const concerned = rulesConcerned(tree, before.facts, subject.facts);
  return {
    subject,
    findings: rules.map((rule, index) => {
      const known = concerned.has(index) ? undefined : findings[index];
      return (known && alike(rule, known, before, subject)) ?? judgeBy(rule, subject);
    }),
  };
};

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
    const trees = { domain: placeTree(byKind.domain), host: placeTree(byKind.host) };
    let before: Judged | undefined;
    const anew = (mine: readonly CompiledRule[], subject: Subject): Judged =>
      before?.subject.target.kind === subject.target.kind && sameUnknown(before.subject, subject)
        ? likeNeighbour(mine, trees[subject.target.kind], before, subject, judgeBy)
        : { subject, findings: mine.map((rule) => judgeBy(rule, subject)) };
    const judged = subjects.map((subject): Judged => {
      const mine = byKind[subject.target.kind];
      before = known.get(known.unused(keyOf(subject)), (last) =>
        last === undefined || !sameRules ? anew(mine, subject) : rejudged(mine, last, subject, judgeBy),
      );
      return before;
    });
    known.endRound();
    return judged;
  };
};
