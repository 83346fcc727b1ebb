import { AutomatonTooLarge } from '../glob/automaton.ts';
import { GlobError } from '../glob/globError.ts';
import { Pattern } from '../glob/pattern.ts';
import type { PolicyProfile } from '../policy/policyProfile.ts';
import { squeezeSlashes } from '../policy/squeezeSlashes.ts';
import type { SetQuestion } from '../sweep.ts';
import { decodeEscapes } from '../syntax/decodeEscapes.ts';
import { speakingRules } from './matchingRules.ts';
import { sweepPaths } from './sweepPaths.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** A shortest path that was looked for, none, or why that can't be said. */
type Found = { readonly path: string | undefined } | { readonly unknown: string };

/** Looks through a set of paths for one on which the rules of a profile say what is `sought`. */
export function sweepProfile(
  profile: PolicyProfile,
  question: SetQuestion,
  sought: (verdict: Verdict) => boolean,
): Found {
  const [problem] = profile.problems;
  if (problem) return { unknown: `profile ${profile.name}: ${problem.file}:${problem.line}: ${problem.message}` };
  const { access, owner } = question;
  const placed = speakingRules(profile, access, owner);
  try {
    const set = new Pattern(squeezeSlashes(decodeEscapes(question.pattern)));
    // A rule whose paths all begin otherwise has no say; most rules of a profile are of that kind.
    const patterns = placed
      .flatMap(({ rule }, index) => rule.patterns.map((pattern) => ({ pattern, index })))
      .filter(({ pattern: { prefix } }) => prefix.startsWith(set.prefix) || set.prefix.startsWith(prefix));
    const path = sweepPaths(
      set,
      patterns.map(({ pattern }) => pattern),
      (matches) => {
        const matching = new Set(patterns.flatMap(({ index }, at) => (matches(at) ? [index] : [])));
        return sought(
          verdictOf(
            placed.filter((_, index) => matching.has(index)),
            access,
          ),
        );
      },
    );
    return { path };
  } catch (error) {
    if (error instanceof GlobError) return { unknown: `the pattern ${question.pattern}: ${error.message}` };
    if (error instanceof AutomatonTooLarge) {
      return { unknown: `the rules of ${profile.name} together: ${error.message}` };
    }
    throw error;
  }
}
