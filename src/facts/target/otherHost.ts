import type { Capabilities } from '../host/daemon/capabilities.ts';
import type { DomainCapabilities } from './domainCapabilities.ts';

/** Why the emulator of the capabilities, asked there and then, would not have said this; undefined where it may have. */
const contradiction = (
  { type, arch, path, machine, maxCpus, hostVendor }: DomainCapabilities,
  capabilities: Capabilities,
): string | undefined => {
  const machines = capabilities.machines({ type, arch, emulator: path });
  // Of another emulator on the same host nothing follows.
  if (machines !== undefined && machines.size > 0) {
    const found = machines.get(machine);
    if (found === undefined) return 'have no such machine type';
    if (capabilities.types(arch)?.has(type) === false) return `run no ${type} domains`;
    // With KVM the kernel may allow fewer, never more (libvirt's virQEMUCapsFillDomainCaps).
    const most = found.maxCpus;
    const differs = type === 'kvm' ? (maxCpus ?? 0) > (most ?? 0) : maxCpus !== most;
    if (maxCpus !== undefined && most !== undefined && differs) return `give it ${most} CPUs, not ${maxCpus}`;
  }
  // Only with KVM is host-model of the host's own vendor.
  const { vendor } = capabilities;
  if (type !== 'kvm' || arch !== capabilities.arch || vendor === undefined || hostVendor === undefined)
    return undefined;
  return vendor === hostVendor ? undefined : `are of a host with processors of ${vendor}, not of ${hostVendor}`;
};

/** Whose answers they are: an emulator has the same CPU models for all machine types. */
const answererOf = ({ path, type, arch }: DomainCapabilities): string => `${path}\n${type}\n${arch}`;

/** Emulators whose answers name different CPU models, so that not all can be of one host and time. */
const disagreeing = (all: readonly DomainCapabilities[]): ReadonlySet<string> => {
  const models = new Map<string, string>();
  const found = new Set<string>();
  for (const caps of all) {
    // Machine types without named models do not tell.
    if (caps.cpuModels === '') continue;
    const [key, before] = [answererOf(caps), models.get(answererOf(caps))];
    if (before !== undefined && before !== caps.cpuModels) found.add(key);
    models.set(key, caps.cpuModels);
  }
  return found;
};

/** Domain capabilities that can be of one host and time with the capabilities and each other, and why the others can't. */
export const ofOneHost = (
  all: readonly DomainCapabilities[],
  capabilities: Capabilities | undefined,
): { known: readonly DomainCapabilities[]; strange: readonly string[] } => {
  const told = all.map((caps) => ({
    caps,
    why: capabilities === undefined ? undefined : contradiction(caps, capabilities),
  }));
  const left = told.flatMap(({ caps, why }) => (why === undefined ? [caps] : []));
  const mixed = disagreeing(left);
  return {
    known: left.filter((caps) => !mixed.has(answererOf(caps))),
    strange: [
      ...told.flatMap(({ caps: { machine }, why }) =>
        why === undefined
          ? []
          : [`the domcapabilities of ${machine} are of another host or time than the capabilities, which ${why}`],
      ),
      ...left.flatMap((caps) =>
        mixed.has(answererOf(caps))
          ? [
              `the domcapabilities of ${caps.machine} are of another host or time than others, which name other CPU models`,
            ]
          : [],
      ),
    ],
  };
};
