import type { Access } from './access.ts';
import type { Decision } from './decision.ts';
import type { Problem } from './problem.ts';
import type { Profile } from './profile.ts';
import type { Question } from './question.ts';
import type { Reach, SetQuestion, Sweep } from './sweep.ts';

/** The AppArmor policy of a host. */
export interface Policy {
  /** All profiles by name, also disabled ones; of several definitions one that is enabled, if there is any. */
  readonly profiles: ReadonlyMap<string, Profile>;
  /** What was not understood, and what apparmor_parser rejects, in all files. */
  readonly problems: readonly Problem[];
  /** The same of some policy files alone: to find what apparmor_parser rejects takes a look at each pair of their exec rules. */
  problemsOf(wanted: (policyFile: string) => boolean): readonly Problem[];
  /** Every definition of a profile; more than one when several files define it. */
  named(name: string): readonly Profile[];
  /** Answers as the kernel would with this policy loaded; never throws, `unknown` instead of a guess. */
  decide(question: Question): Decision;
  /** The same for every path that a pattern matches; exact, with a shortest counterexample. */
  decideEvery(question: SetQuestion): Sweep;
  /** Whether the rules allow it on any path that a pattern matches, to find rules that are too broad; modes have no say. */
  reach(question: SetQuestion): Reach;
  /** Those of `paths`, the same array for every profile, on which the rules allow it; none where nothing is understood. */
  allowedAmong(profile: string, access: Access, paths: readonly string[]): readonly string[];
}
