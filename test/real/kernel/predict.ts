import type { Access, Decision, Policy } from '../../../src/apparmor/index.ts';
import type { Attempt, RefusedStep } from './attempt.ts';
import { type KernelRequest, requestsOf } from './operations.ts';

const letters: readonly Access[] = ['r', 'w', 'a', 'k', 'm', 'x'];

const decided = (policy: Policy, profile: string, path: string, access: Access, owner: boolean): Decision => {
  const decision = policy.decide({ profile, path, access, owner });
  if (decision.decision === 'unknown') throw new Error(`the evaluator does not know: ${decision.reason}`);
  return decision;
};

/**
 * Whether the kernel refuses a request. It logs a request as a whole, and what a complaining profile logs it lets through: so
 * one letter that is denied aloud takes along those that are denied quietly (Linux's security/apparmor/file.c, aa_audit_file).
 */
const isRefused = (policy: Policy, profile: string, { path, accesses, owner, within }: KernelRequest): boolean => {
  const decisions = accesses.map((access) => decided(policy, profile, path, access, owner));
  if (decisions.some(({ decision }) => decision === 'not-enforced')) return false;
  if (decisions.some(({ decision }) => decision === 'deny')) return true;
  if (within === undefined) return false;
  const lent = letters.filter((letter) => decided(policy, profile, path, letter, owner).verdict === 'allow');
  const exceeds = lent.some((letter) => decided(policy, profile, within, letter, owner).verdict !== 'allow');
  return exceeds && policy.profiles.get(profile)?.mode === 'enforce';
};

/**
 * How the evaluator expects an attempt to end.
 *
 * @throws Error where the evaluator doesn't know
 */
export const predict = (policy: Policy, attempt: Attempt): RefusedStep => {
  const steps = requestsOf(attempt);
  return steps.findIndex((requests) => requests.some((request) => isRefused(policy, attempt.profile, request))) + 1;
};

/** The evaluator's answers and their rules about all that an attempt asks for, for a person to read. */
export const explain = (policy: Policy, attempt: Attempt): string =>
  requestsOf(attempt)
    .flat()
    .flatMap(({ path, accesses, owner, within }) =>
      [path, ...(within === undefined ? [] : [within])].flatMap((place) =>
        (within === undefined ? accesses : [...accesses, ...letters]).map((access) => {
          const { decision, reason, rules } = policy.decide({ profile: attempt.profile, path: place, access, owner });
          const found = rules.map(({ line, text }) => `line ${line}: ${text}`).join('; ') || reason;
          return `  ${access}${owner ? ' as owner' : ''} on ${JSON.stringify(place)}: ${decision} (${found})`;
        }),
      ),
    )
    .join('\n');
