import type { ParsedDomain } from '../domain/parsedDomain.ts';
import type { Learnt } from '../host/learnt.ts';
import type { Offers } from './offers.ts';

const isActive = ({ domain, state }: ParsedDomain): boolean =>
  domain !== undefined && state !== 'shutoff' && state !== 'crashed';

/** `target` of the host: which domains run here, on the eve of the upgrade. */
export const hostOnTarget = (domains: readonly ParsedDomain[], { name, qemu }: Offers): Learnt => {
  const running = [...new Set(domains.filter(isActive).map((domain) => domain.name))].sort();
  const unread = domains.find(({ domain, state }) => domain === undefined && state === 'other');
  return {
    facts: { target: { name, ...(qemu === undefined ? {} : { qemu }), running } },
    unknown:
      unread === undefined || running.length > 0
        ? []
        : [{ at: '/target/running', reason: `whether ${unread.name} runs is unknown: ${unread.problem?.text ?? ''}` }],
  };
};
