import type { PolicyProfile } from '../policy/policyProfile.ts';
import type { Reach, SetQuestion } from '../sweep.ts';
import { decide } from './decide.ts';
import { sweepProfile } from './sweepProfile.ts';

/** Whether the rules of one profile allow something on any path of a set, whatever its mode: exactly, or `unknown`. */
export function reach(profile: PolicyProfile, question: SetQuestion): Reach {
  const found = sweepProfile(profile, question, ({ effect }) => effect === 'allow');
  if ('unknown' in found) return { reached: 'unknown', reason: found.unknown };
  const { path } = found;
  if (path === undefined) return { reached: false };
  const { access, owner } = question;
  const decision = decide(profile, { profile: question.profile, path, access, owner });
  return { reached: true, path, decision };
}
