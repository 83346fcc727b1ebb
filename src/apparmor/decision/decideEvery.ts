import type { PolicyProfile } from '../policy/policyProfile.ts';
import type { SetQuestion, Sweep } from '../sweep.ts';
import { decide } from './decide.ts';
import { sweepProfile } from './sweepProfile.ts';
import type { Verdict } from './verdict.ts';

/** Whether the profile keeps a process back, as `decide` has it for a single path. */
const keepsBack = ({ mode }: PolicyProfile, { effect, quiet }: Verdict): boolean =>
  effect !== 'allow' && mode !== 'unconfined' && !(mode === 'complain' && effect === 'deny' && !quiet);

/** Decides a question about a set of paths of one profile: exactly, or `unknown`. */
export function decideEvery(profile: PolicyProfile, question: SetQuestion): Sweep {
  const found = sweepProfile(profile, question, (verdict) => keepsBack(profile, verdict));
  if ('unknown' in found) return { holds: 'unknown', reason: found.unknown };
  const { path } = found;
  if (path === undefined) return { holds: true };
  const { access, owner } = question;
  const decision = decide(profile, { profile: question.profile, path, access, owner });
  // Left to a prompt: whether it holds, the person who is asked decides.
  if (decision.decision === 'unknown') return { holds: 'unknown', reason: decision.reason };
  return { holds: false, path, decision };
}
