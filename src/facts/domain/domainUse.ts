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

/**
 * Whether libvirt opens /dev/vhost-net for this interface of a KVM domain: it has a tap or macvtap device, is of a virtio
 * model, and does not ask for QEMU's own backend (formatdomain, "Setting NIC driver-specific options").
 */
const hasVhost = (nic: JsonObject): boolean =>
  (tapped.has(String(nic['@type'])) || nic['@type'] === 'direct') &&
  String(valueAt(nic, '/model/@type')).startsWith('virtio') &&
  valueAt(nic, '/driver/@name') !== 'qemu';

/** What of the host a domain's definition makes use of. */
const uses: Readonly<Record<string, (domain: JsonObject) => boolean>> = {
  kvm: (domain) => domain['@type'] === 'kvm',
  tap: (domain) => items(domain, '/devices/interface').some((nic) => tapped.has(String(nic['@type']))),
  vhostNet: (domain) => domain['@type'] === 'kvm' && items(domain, '/devices/interface').some(hasVhost),
  // QEMU drives a disk of type nvme itself, through VFIO (formatdomain, "Hard drives, floppy disks, CDROMs").
  assignedPci: (domain) =>
    items(domain, '/devices/hostdev').some((device) => device['@type'] === 'pci') ||
    items(domain, '/devices/interface').some((nic) => nic['@type'] === 'hostdev') ||
    items(domain, '/devices/disk').some((disk) => disk['@type'] === 'nvme'),
};

/** `host.domains`: whether any domain of the host uses KVM, a tap device, the kernel's vhost-net, or a PCI device of the host's. */
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
