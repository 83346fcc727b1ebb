import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { Learnt } from '../host/learnt.ts';
import type { ParsedDomain } from './parsedDomain.ts';

const items = (domain: JsonObject, at: string): readonly JsonObject[] => {
  const found = valueAt(domain, at);
  return Array.isArray(found) ? (found as readonly JsonObject[]) : [];
};

/** Types of <interface> for which libvirt opens /dev/net/tun (formatdomain, "Network interfaces"). */
const tapped = new Set(['bridge', 'network', 'ethernet']);

/** What of the host a domain's definition makes use of. */
const uses: Readonly<Record<string, (domain: JsonObject) => boolean>> = {
  kvm: (domain) => domain['@type'] === 'kvm',
  tap: (domain) => items(domain, '/devices/interface').some((nic) => tapped.has(String(nic['@type']))),
  assignedPci: (domain) =>
    items(domain, '/devices/hostdev').some((device) => device['@type'] === 'pci') ||
    items(domain, '/devices/interface').some((nic) => nic['@type'] === 'hostdev'),
};

/** `host.domains`: whether any domain of the host uses KVM, a tap device, or a PCI device of the host's. */
export const domainUse = (domains: readonly ParsedDomain[]): Learnt => {
  const readable = domains.flatMap(({ domain }) => (domain === undefined ? [] : [domain]));
  const reason = domains.find(({ problem }) => problem !== undefined)?.problem?.text;
  const found = Object.entries(uses).map(([name, does]) => ({ name, used: readable.some(does) }));
  return {
    facts: { domains: Object.fromEntries(found.map(({ name, used }) => [name, used])) },
    // One that could not be read may use it, too.
    unknown:
      reason === undefined
        ? []
        : found.flatMap(({ name, used }) => (used ? [] : [{ at: `/host/domains/${name}`, reason }])),
  };
};
