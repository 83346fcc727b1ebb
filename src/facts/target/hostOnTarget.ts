import { loadPolicy } from '../../apparmor/index.ts';
import type { Document } from '../../model/document.ts';
import type { ParsedDomain } from '../domain/parsedDomain.ts';
import { createHostTree } from '../host/hostTree.ts';
import type { Learnt } from '../host/learnt.ts';
import { policyBase } from '../host/libvirtProfiles.ts';
import { policyFaults } from '../host/policyFaults.ts';
import { createPolicySource } from '../host/policySource.ts';
import type { Offers } from './offers.ts';

const isActive = ({ domain, state }: ParsedDomain): boolean =>
  domain !== undefined && state !== 'shutoff' && state !== 'crashed';

/** `apparmor`: what is wrong in the policy that the target's bundle holds; absent where it holds none. */
const policyThere = (documents: readonly Document[]): Learnt => {
  const tree = createHostTree(documents);
  const base = tree.directory(policyBase);
  if (base !== undefined && 'unreadable' in base)
    return { facts: {}, unknown: [{ at: '/target/apparmor', reason: base.unreadable }] };
  if (tree.list(policyBase) === undefined) return { facts: {}, unknown: [] };
  const { facts, unread } = policyFaults(loadPolicy(createPolicySource(tree), { base: policyBase }));
  return {
    facts: { apparmor: { problems: facts.problems ?? [] } },
    unknown: unread === undefined ? [] : [{ at: '/target/apparmor/problems', reason: unread }],
  };
};

/** `target` of the host: which domains run here, on the eve of the upgrade, and what is wrong in the target's policy. */
export const hostOnTarget = (
  domains: readonly ParsedDomain[],
  { name, qemu }: Offers,
  documents: readonly Document[],
): Learnt => {
  const policy = policyThere(documents);
  const running = [...new Set(domains.filter(isActive).map((domain) => domain.name))].sort();
  const unread = domains.find(({ domain, state }) => domain === undefined && state === 'other');
  return {
    facts: { target: { name, ...(qemu === undefined ? {} : { qemu }), running, ...policy.facts } },
    unknown: [
      ...(unread === undefined || running.length > 0
        ? []
        : [{ at: '/target/running', reason: `whether ${unread.name} runs is unknown: ${unread.problem?.text ?? ''}` }]),
      ...policy.unknown,
    ],
  };
};
