import type { Policy } from '../../../apparmor/index.ts';
import { fromBytes } from '../../../model/bytes.ts';

/** The first path of a set that a profile may write, with the rule; none where it may write nothing in it. */
export const writableIn = (
  policy: Policy,
  profile: string,
  patterns: readonly string[],
): { found: string[]; unknown?: string } => {
  const found: string[] = [];
  for (const pattern of patterns) {
    for (const owner of [false, true]) {
      const reach = policy.reach({ profile, pattern, access: 'w', owner });
      if (reach.reached === 'unknown') return { found, unknown: fromBytes(reach.reason) };
      if (!reach.reached) continue;
      const [rule] = reach.decision.rules;
      const by = rule === undefined ? '' : ` by ${rule.file}:${rule.line}: ${rule.text}`;
      found.push(fromBytes(`w on ${reach.path}${by}`));
      break;
    }
  }
  return { found };
};

/** What the daemon is kept from, so that only virt-aa-helper makes policy (libvirt's profile of its daemon). */
export const policyOfDomains = ['/etc/apparmor.d/libvirt/**', '/sys/kernel/security/apparmor/{features,matching,.*}'];

/** What no domain has any business in. */
export const forbiddenToDomains = ['/etc/{,**}', '/sys/kernel/security/{,**}'];
