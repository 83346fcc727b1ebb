import type { UpgradeTarget } from '../../model/upgradeTarget.ts';
import type { ParsedDomain } from '../domain/parsedDomain.ts';
import type { HostFacts } from '../host/hostFacts.ts';
import { createHostTree } from '../host/hostTree.ts';
import type { Learnt } from '../host/learnt.ts';
import type { Offers } from './offers.ts';
import { policyOnTarget } from './policyOnTarget.ts';
import { socketsOnTarget } from './socketsOnTarget.ts';
import { failureOf } from './unseen.ts';

const isActive = ({ domain, state }: ParsedDomain): boolean =>
  domain !== undefined && state !== 'shutoff' && state !== 'crashed';

/** `target` of the host: which domains run here, on the eve of the upgrade, and what is wrong in the target's policy. */
export const hostOnTarget = (
  domains: readonly ParsedDomain[],
  { name, qemu }: Offers,
  target: UpgradeTarget,
  { tree, directories, unknown }: HostFacts,
): Learnt => {
  const hidden = unknown.find(({ at }) => at === '/host/cloudstack')?.reason;
  const there = createHostTree(target.documents);
  const failed = failureOf(target, 'apparmor');
  const policy =
    failed === undefined
      ? policyOnTarget(there, tree, socketsOnTarget(there, tree, directories, hidden))
      : { facts: {}, unknown: [{ at: '/target/apparmor', reason: failed }] };
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
