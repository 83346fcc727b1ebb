import { AutomatonTooLarge } from '../glob/automaton.ts';
import { GlobError } from '../glob/globError.ts';
import { Pattern } from '../glob/pattern.ts';
import type { PolicyProfile } from '../policy/policyProfile.ts';
import { squeezeSlashes } from '../policy/squeezeSlashes.ts';
import type { SetQuestion, Sweep } from '../sweep.ts';
import { decodeEscapes } from '../syntax/decodeEscapes.ts';
import { decide } from './decide.ts';
import { speakingRules } from './matchingRules.ts';
import { sweepPaths } from './sweepPaths.ts';
import { verdictOf } from './verdict.ts';

const unknown = (reason: string): Sweep => ({ holds: 'unknown', reason });

/** Decides a question about a set of paths of one profile: exactly, or `unknown`. */
export function decideEvery(profile: PolicyProfile, question: SetQuestion): Sweep {
  const [problem] = profile.problems;
  if (problem) return unknown(`profile ${profile.name}: ${problem.file}:${problem.line}: ${problem.message}`);
  const { access, owner } = question;
  const placed = speakingRules(profile, access, owner);
  const patterns = placed.flatMap((each, index) => each.rule.patterns.map((pattern) => ({ pattern, index })));
  try {
    const set = new Pattern(squeezeSlashes(decodeEscapes(question.pattern)));
    const path = sweepPaths(
      set,
      patterns.map(({ pattern }) => pattern),
      (matches) => {
        const matching = new Set(patterns.flatMap(({ index }, at) => (matches(at) ? [index] : [])));
        return (
          verdictOf(
            placed.filter((_, index) => matching.has(index)),
            access,
          ).effect === 'allow'
        );
      },
    );
    if (path === undefined) return { holds: true };
    // The walk goes by the rules alone; the profile's mode may let the access through all the same.
    const decision = decide(profile, { profile: question.profile, path, access, owner });
    return decision.decision === 'not-enforced' ? { holds: true } : { holds: false, path, decision };
  } catch (error) {
    if (error instanceof GlobError) return unknown(`the pattern ${question.pattern}: ${error.message}`);
    if (error instanceof AutomatonTooLarge) return unknown(`the rules of ${profile.name} together: ${error.message}`);
    throw error;
  }
}
