import type { CompiledRule } from '../model/clause.ts';
import type { Finding } from '../model/finding.ts';
import { InUse } from '../model/inUse.ts';
import { remembered } from '../model/remembered.ts';
import type { Subject, Target } from '../model/subject.ts';
import { clausesConcerned } from './clausesConcerned.ts';
import { evaluateRule, judgedAs } from './evaluateRule.ts';
import { explainedAlike } from './explainedAlike.ts';
import { type PlaceNode, placeTree } from './placeTree.ts';
import { unknownsConcerned } from './unknownsConcerned.ts';

/** A subject and what its rules found, in the order of the rules of its kind. */
export interface Judged {
  subject: Subject;
  findings: readonly Finding[];
}

/** Judges all there is; what it has judged before, and has not changed since, it does not judge again. */
export type Judges = (rules: readonly CompiledRule[], subjects: readonly Subject[]) => Judged[];

const keyOf = ({ target: { kind, name, uuid }, definition }: Subject): string =>
  `${kind} ${definition ?? ''} ${uuid ?? ''} ${name}`;

/** The rules about one kind of target, and what they look at: each rule's `when`, then its `assert`. */
interface RulesOfKind {
  rules: readonly CompiledRule[];
  tree: PlaceNode;
}

/** A rule without a `when` applies wherever it looks. */
const anywhere = { looks: [] };

const byKind = remembered((rules: readonly CompiledRule[]): Record<Target['kind'], RulesOfKind> => {
  const about = (kind: Target['kind']): RulesOfKind => {
    const mine = rules.filter(({ info }) => info.target === kind);
    return { rules: mine, tree: placeTree(mine.flatMap((rule) => [rule.when ?? anywhere, rule.assert])) };
  };
  return { domain: about('domain'), host: about('host') };
});

type JudgeBy = (rule: CompiledRule, subject: Subject) => Finding;

const sameUnknown = (a: Subject, b: Subject): boolean =>
  a.unknown.length === b.unknown.length && a.unknown.every(({ at }, index) => at === b.unknown[index]?.at);

/** Whether a finding on a subject in which its rule sees no difference is told in the same words. */
const toldAlike = (found: Finding, before: Subject, subject: Subject): boolean =>
  found.outcome !== 'fail' || explainedAlike(found.violations, before.facts, subject.facts);

/** What a rule finds on a subject in which it sees no difference to another, given what it found there. */
const alike = (rule: CompiledRule, found: Finding, before: Subject, subject: Subject): Finding | undefined => {
  const { outcome } = found;
  if (outcome === 'pass' || outcome === 'notapplicable') return judgedAs(rule, subject, outcome);
  if (outcome !== 'fail' || !toldAlike(found, before, subject)) return undefined;
  return { ...judgedAs(rule, subject, outcome), violations: found.violations };
};

/** Whether what a rule found stands where some clauses may find something else, the rule's own by its index among them. */
const stands = ({ outcome }: Finding, index: number, concerned: ReadonlySet<number>): boolean =>
  // To a rule that does not apply it is all the same what it wants.
  !concerned.has(2 * index) && (outcome === 'notapplicable' || !concerned.has(2 * index + 1));

/** Most domains of a host are made alike, so that most rules find what they found on the one judged before. */
const likeNeighbour = (
  { rules, tree }: RulesOfKind,
  { subject: before, findings }: Judged,
  subject: Subject,
  judgeBy: JudgeBy,
): Judged => {
  const concerned = clausesConcerned(tree, before.facts, subject.facts);
  return {
    subject,
    findings: rules.map((rule, index) => {
      const found = findings[index] as Finding;
      const known = stands(found, index, concerned) ? alike(rule, found, before, subject) : undefined;
      return known ?? judgeBy(rule, subject);
    }),
  };
};

/** The findings of the last round hold, as the very same objects, but for those of rules that what changed concerns. */
const rejudged = ({ rules, tree }: RulesOfKind, last: Judged, subject: Subject, judgeBy: JudgeBy): Judged => {
  const { subject: before, findings } = last;
  const unknowns = unknownsConcerned(tree, before.unknown, subject.unknown);
  if (before.facts === subject.facts && unknowns.size === 0) return { subject, findings };
  const concerned = new Set([...clausesConcerned(tree, before.facts, subject.facts), ...unknowns]);
  const changed = rules.flatMap((rule, index) => {
    const found = findings[index] as Finding;
    const holds = stands(found, index, concerned) && toldAlike(found, before, subject);
    return holds ? [] : [[index, judgeBy(rule, subject)] as const];
  });
  if (changed.length === 0) return { subject, findings };
  const now = [...findings];
  for (const [index, finding] of changed) now[index] = finding;
  return { subject, findings: now };
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
    const kinds = byKind(rules);
    let before: Judged | undefined;
    const anew = (subject: Subject): Judged => {
      const { kind } = subject.target;
      return before?.subject.target.kind === kind && sameUnknown(before.subject, subject)
        ? likeNeighbour(kinds[kind], before, subject, judgeBy)
        : { subject, findings: kinds[kind].rules.map((rule) => judgeBy(rule, subject)) };
    };
    const judged = subjects.map((subject): Judged => {
      const mine = kinds[subject.target.kind];
      before = known.get(known.unused(keyOf(subject)), (last) =>
        last === undefined || !sameRules ? anew(subject) : rejudged(mine, last, subject, judgeBy),
      );
      return before;
    });
    known.endRound();
    return judged;
  };
};
