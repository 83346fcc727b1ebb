import type { DecidingRule, Decision } from '../decision.ts';
import type { PolicyProfile } from '../policy/policyProfile.ts';
import type { Question } from '../question.ts';
import { matchingRules } from './matchingRules.ts';
import { type Verdict, verdictOf } from './verdict.ts';

const unknown = (reason: string): Decision => ({
  decision: 'unknown',
  verdict: 'unknown',
  explicit: false,
  audited: false,
  quiet: false,
  reason,
  rules: [],
});

/**
 * Decides a question about one profile: what its rules say, and what its mode makes of that.
 *
 * In complain mode an allow stays an allow. An explicit deny without `audit` stays a denial: kernels since 2017 enforce it
 * even then. All other denials are logged and let through, so they are `not-enforced`.
 */
export function decide(profile: PolicyProfile, question: Question): Decision {
  if (profile.disabled) {
    const verdict =
      profile.problems.length > 0 ? undefined : verdictOf(matchingRules(profile, question), question.access);
    return notEnforced(verdict, `profile ${profile.name} is disabled, so it is not loaded`);
  }
  const [problem] = profile.problems;
  if (problem) return unknown(`profile ${profile.name}: ${problem.file}:${problem.line}: ${problem.message}`);
  const verdict = verdictOf(matchingRules(profile, question), question.access);
  const reason = reasonOf(profile, question, verdict);
  if (verdict.effect === 'prompt') return { ...unknown(reason), rules: verdict.rules };
  if (profile.mode === 'unconfined')
    return notEnforced(verdict, `profile ${profile.name} is unconfined: its rules are not enforced`);
  if (profile.mode === 'complain' && verdict.effect === 'deny' && !verdict.quiet) {
    return notEnforced(verdict, `${reason}, but the profile is in complain mode: the access is logged and let through`);
  }
  const audited = verdict.audited || (verdict.effect === 'allow' && profile.flags.includes('audit'));
  const { explicit, quiet, rules, effect } = verdict;
  return { decision: effect, verdict: effect, explicit, audited, quiet, reason, rules };
}

function notEnforced(verdict: Verdict | undefined, reason: string): Decision {
  if (!verdict || verdict.effect === 'prompt') return { ...unknown(reason), decision: 'not-enforced' };
  const { explicit, audited, quiet, rules, effect } = verdict;
  return { decision: 'not-enforced', verdict: effect, explicit, audited, quiet, reason, rules };
}

function reasonOf(profile: PolicyProfile, { access, path }: Question, verdict: Verdict): string {
  const [rule] = verdict.rules;
  if (!rule) return `no rule of profile ${profile.name} allows ${access} on ${path}`;
  const did = { allow: 'is allowed', deny: 'is denied', prompt: 'is left to a prompt' }[verdict.effect];
  return `${access} on ${path} ${did} by ${place(rule)}`;
}

const place = (rule: DecidingRule): string => `${rule.file}:${rule.line}`;
