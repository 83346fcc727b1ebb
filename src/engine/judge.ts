import type { Clause } from '../model/clause.ts';
import type { Violation } from '../model/finding.ts';
import { pointerTokens } from '../model/pointer.ts';
import type { Subject, Unknown } from '../model/subject.ts';

/** What a clause comes to on a subject when some of the subject's facts may be unknown. */
export type Judgement =
  | { kind: 'holds' }
  | { kind: 'broken'; violations: readonly Violation[] }
  | { kind: 'unknown'; reason: string };

const startsWith = (tokens: readonly string[], prefix: readonly string[]): boolean =>
  prefix.length <= tokens.length && prefix.every((token, index) => token === tokens[index] || tokens[index] === '*');

/** A subject's unknown places split into tokens once, not once for every rule. */
const split = new WeakMap<readonly Unknown[], readonly (readonly string[])[]>();

const tokensOf = (unknown: readonly Unknown[]): readonly (readonly string[])[] => {
  const known = split.get(unknown) ?? unknown.map(({ at }) => pointerTokens(at));
  split.set(unknown, known);
  return known;
};

/** The unknown places that are among `touched`, or inside of which one of these is. */
const readAmong = (touched: Clause['touches'], unknown: readonly Unknown[]): readonly Unknown[] => {
  if (unknown.length === 0) return unknown;
  const tokens = tokensOf(unknown);
  return unknown.filter((_, index) => touched.some((place) => startsWith(place, tokens[index] ?? [])));
};

/** The reasons of the unknown places that the clause reads. */
const unknownReasons = ({ touches }: Clause, unknown: readonly Unknown[]): ReadonlySet<string> =>
  new Set(readAmong(touches, unknown).map(({ reason }) => reason));

const related = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

/** The violations that stand whatever the unknown facts are. */
const certain = (clause: Clause, { facts, unknown }: Subject): readonly Violation[] =>
  // With an unknown condition, what a violation violates may not even be wanted.
  readAmong(clause.conditions, unknown).length > 0
    ? []
    : clause.violations(facts).filter(({ at }) => !unknown.some((place) => related(at, place.at)));

const sentence = (reasons: ReadonlySet<string>): string => [...reasons].join('; ');

/**
 * Judges `clause` honestly: a violation that stands whatever the unknown facts are breaks it; else, if the clause reads
 * an unknown fact, nothing can be said.
 */
export const judge = (clause: Clause, subject: Subject): Judgement => {
  const holds = clause.holds(subject.facts);
  const reasons = unknownReasons(clause, subject.unknown);
  if (reasons.size === 0) {
    return holds ? { kind: 'holds' } : { kind: 'broken', violations: clause.violations(subject.facts) };
  }
  const violations = holds ? [] : certain(clause, subject);
  return violations.length > 0 ? { kind: 'broken', violations } : { kind: 'unknown', reason: sentence(reasons) };
};

/** The same for a `when`, of which nobody asks why it does not hold: to tell that costs more than all the rest. */
export const applies = (
  clause: Clause,
  subject: Subject,
): Exclude<Judgement, { kind: 'broken' }> | { kind: 'broken' } => {
  const holds = clause.holds(subject.facts);
  const reasons = unknownReasons(clause, subject.unknown);
  if (reasons.size === 0) return { kind: holds ? 'holds' : 'broken' };
  return !holds && certain(clause, subject).length > 0
    ? { kind: 'broken' }
    : { kind: 'unknown', reason: sentence(reasons) };
};
