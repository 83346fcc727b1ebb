import type { Clause } from '../model/clause.ts';
import type { Violation } from '../model/finding.ts';
import { pointerTokens } from '../model/pointer.ts';
import { remembered } from '../model/remembered.ts';
import type { Subject, Unknown } from '../model/subject.ts';

/** What a clause comes to on a subject when some of the subject's facts may be unknown. */
export type Judgement =
  | { kind: 'holds' }
  | { kind: 'broken'; violations: readonly Violation[] }
  | { kind: 'unknown'; reason: string };

/** Of each clause and domain, one of these: not made anew each time. */
export const holding = { kind: 'holds' } as const;
const broken = { kind: 'broken' } as const;

/** Whether a place that a clause looks at is unknown, inside of what is, or has it inside where all of that matters. */
const isRead = (place: readonly string[], unknown: readonly string[]): boolean => {
  const whole = place.indexOf('**');
  const known = whole === -1 ? unknown : unknown.slice(0, whole);
  return known.length <= place.length && known.every((token, index) => token === place[index] || place[index] === '*');
};

/** Unknown places by their first token; those without any, which are all of the facts, by undefined. */
type ByFirst = ReadonlyMap<string | undefined, readonly UnknownPlace[]>;

/** An unknown place, and where it stands among the others. */
interface UnknownPlace {
  tokens: readonly string[];
  index: number;
}

/** A subject's unknown places are sorted once, not once for every rule. */
const byFirst = remembered((unknown: readonly Unknown[]): ByFirst => {
  const found = new Map<string | undefined, UnknownPlace[]>();
  for (const [index, { at }] of unknown.entries()) {
    const tokens = pointerTokens(at);
    const places = found.get(tokens[0]) ?? [];
    places.push({ tokens, index });
    found.set(tokens[0], places);
  }
  return found;
});

/** Whether any of them may be read: by far the most clauses read none. A loop, since it is asked of each clause and domain. */
const mayRead = (touched: Clause['touches'], places: ByFirst): boolean => {
  if (places.has(undefined)) return touched.length > 0;
  for (const place of touched) if (places.has(place[0])) return true;
  return false;
};

/** The unknown places that are read where a clause looks at `touched`. */
const readAmong = (touched: Clause['touches'], unknown: readonly Unknown[]): readonly Unknown[] =>
  unknown.length > 0 && mayRead(touched, byFirst(unknown)) ? readIn(touched, unknown) : none;

const none: readonly Unknown[] = [];

const readIn = (touched: Clause['touches'], unknown: readonly Unknown[]): readonly Unknown[] => {
  const places = byFirst(unknown);
  const found = new Set((places.get(undefined) ?? []).map(({ index }) => index));
  for (const place of touched) {
    for (const { tokens, index } of places.get(place[0]) ?? []) if (isRead(place, tokens)) found.add(index);
  }
  return found.size === 0 ? [] : unknown.filter((_, index) => found.has(index));
};

/** The reasons of the unknown places that the clause reads, in a sentence; undefined where it reads none. */
const unknownReasons = ({ touches }: Clause, unknown: readonly Unknown[]): string | undefined => {
  const read = readAmong(touches, unknown);
  return read.length === 0 ? undefined : [...new Set(read.map(({ reason }) => reason))].join('; ');
};

const related = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

/** The violations that stand whatever the unknown facts are. */
const certain = (clause: Clause, { facts, unknown }: Subject): readonly Violation[] =>
  // With an unknown condition, what a violation violates may not even be wanted.
  readAmong(clause.conditions, unknown).length > 0
    ? []
    : clause.violations(facts).filter(({ at }) => !unknown.some((place) => related(at, place.at)));

/**
 * Judges `clause` honestly: a violation that stands whatever the unknown facts are breaks it; else, if the clause reads
 * an unknown fact, nothing can be said.
 */
export const judge = (clause: Clause, subject: Subject): Judgement => {
  const holds = clause.holds(subject.facts);
  const reason = unknownReasons(clause, subject.unknown);
  if (reason === undefined) return holds ? holding : { kind: 'broken', violations: clause.violations(subject.facts) };
  const violations = holds ? [] : certain(clause, subject);
  return violations.length > 0 ? { kind: 'broken', violations } : { kind: 'unknown', reason };
};

/** The same for a `when`, of which nobody asks why it does not hold: to tell that costs more than all the rest. */
export const applies = (
  clause: Clause,
  subject: Subject,
): Exclude<Judgement, { kind: 'broken' }> | { kind: 'broken' } => {
  const holds = clause.holds(subject.facts);
  const reason = unknownReasons(clause, subject.unknown);
  if (reason === undefined) return holds ? holding : broken;
  return !holds && certain(clause, subject).length > 0 ? broken : { kind: 'unknown', reason };
};
