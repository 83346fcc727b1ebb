import type { Json } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { Unknown } from '../../model/subject.ts';
import type { ParsedDomain } from './parsedDomain.ts';
import { unreadDomains } from './unreadDomains.ts';
import { createUsers, fewOf } from './users.ts';

/** An interface that has an address of its own; libvirt makes one up for those without when the domain is defined. */
interface Addressed {
  interface: number;
  mac: string;
}

const addressed = ({ domain }: ParsedDomain): Addressed[] => {
  const interfaces = valueAt(domain, '/devices/interface');
  if (!Array.isArray(interfaces)) return [];
  return (interfaces as readonly Json[]).flatMap((item, index): Addressed[] => {
    const mac = valueAt(item, '/mac/@address');
    return typeof mac === 'string' && mac !== '' ? [{ interface: index, mac: mac.toLowerCase() }] : [];
  });
};

/**
 * `interfaces`: each interface's MAC address, and the names of the other domains that have it too, of many the first few. A domain's live and
 * configured definitions never run beside one another, so they may share; those of two domains may, whatever runs now.
 * Where another domain could not be read, that nobody shares an address is unknown.
 */
export const interfaceFacts = (
  domains: readonly ParsedDomain[],
): ((asking: ParsedDomain) => { facts: readonly Json[]; unknown: readonly Unknown[] }) => {
  const users = createUsers();
  const unreadBeside = unreadDomains(domains);
  for (const parsed of domains) {
    for (const { mac } of addressed(parsed)) users.add(mac, parsed);
  }

  return (asking) => {
    const unread = unreadBeside(asking);
    const unknown: Unknown[] = [];
    const facts = addressed(asking).map((item, index): Json => {
      const sharedWith = fewOf(users.others(item.mac, asking));
      if (sharedWith.length > 0) return { ...item, sharedWith };
      if (unread !== undefined) unknown.push({ at: `/interfaces/${index}/sharedWith`, reason: unread });
      return { ...item };
    });
    return { facts, unknown };
  };
};
