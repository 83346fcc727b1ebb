import type { UpgradeTarget } from '../../model/upgradeTarget.ts';
import { type Capabilities, capabilitiesOf } from '../host/daemon/capabilities.ts';
import { isAtLeast, versions } from '../host/daemon/versions.ts';
import { createHostTree } from '../host/hostTree.ts';
import { type DomainCapabilities, domainCapabilitiesIn } from './domainCapabilities.ts';
import { ofOneHost } from './otherHost.ts';
import { failureOf, unseenOf } from './unseen.ts';

/** Whom something is asked for: formatdomain's `@type`, `os/type/@arch`, `os/type/@machine`, `devices/emulator`. */
export interface Wanted {
  type: string;
  arch?: string | undefined;
  machine: string;
  emulator?: string | undefined;
}

/** What the target offers domains. */
export interface Offers {
  name: string;
  /** Whether anything is known of it but its QEMU's release. */
  given: boolean;
  /** Of its QEMU, `major.minor` at least; undefined where nothing tells. */
  qemu?: string;
  /** Machine types and emulators; undefined where neither a bundle nor `virsh capabilities` was given. */
  capabilities?: Capabilities;
  /** Whether devices and CPUs are known of any emulator. */
  domainCapabilities: boolean;
  /** Why there are no capabilities, where some were given that can't be read, or the target's bundle lacks them by a failure. */
  why?: string;
  /** What of it nobody looked at. */
  unseen: readonly string[];
  /** The machine type that a domain gets there which names none; undefined where the capabilities do not tell. */
  defaultMachine(wanted: Omit<Wanted, 'machine'>): string | undefined;
  /** How many CPUs a machine type can have; undefined where nothing tells. */
  maxCpus(wanted: Wanted): number | undefined;
  /** The devices and CPUs for a domain, or why these are not known. */
  domain(wanted: Wanted): DomainCapabilities | { unknown: string };
}

/** Upstream's families, whose names distributions keep for types of their own: `pc-q35-noble`, `pc-i440fx-jammy-hpb`. */
const upstream = /^(pc-i440fx|pc-q35|virt|pseries|s390-ccw-virtio)(?:-|$)/;

const aliases: ReadonlyMap<string, string> = new Map([
  ['pc', 'pc-i440fx'],
  ['q35', 'pc-q35'],
]);

/** The family of a machine type: `pc-q35-9.2` and `q35` are one, whose devices are the same in every version. */
export const familyOf = (machine: string): string =>
  aliases.get(machine) ?? upstream.exec(machine)?.[1] ?? machine.replace(/-[^-]*$/, '');

/** The newest release among upstream's versioned machine types, which no older QEMU has. */
const newest = (names: Iterable<string>): string | undefined => {
  const releases = [...names].flatMap((name) => {
    const [, major, minor] = /^(?:pc-i440fx|pc-q35|virt|pseries|s390-ccw-virtio)-(\d+)\.(\d+)$/.exec(name) ?? [];
    return major === undefined ? [] : [[Number(major), Number(minor)] as const];
  });
  const last = releases.sort((a, b) => a[0] - b[0] || a[1] - b[1]).at(-1);
  return last === undefined ? undefined : `${last[0]}.${last[1]}`;
};

const releaseOf = (
  { qemu, documents }: UpgradeTarget,
  capabilities: Capabilities | undefined,
  emulators: readonly DomainCapabilities[],
): string | undefined => {
  if (qemu !== undefined) return qemu;
  const said = versions(documents, createHostTree(documents)).qemu;
  const named = ['kvm', 'qemu'].flatMap((type) => [...(capabilities?.machines({ type })?.keys() ?? [])]);
  const least = newest([...named, ...emulators.map(({ machine }) => machine)]);
  if (said === undefined || least === undefined) return said ?? least;
  // A bundle and what was asked by hand later, or elsewhere, may be at odds.
  const [major = 0, minor = 0] = least.split('.').map(Number);
  return isAtLeast(said, major, minor) ? said : least;
};

const sameEmulator = (a: string, b: string): boolean => {
  // Debian's kvm is a script that starts qemu-system-x86_64.
  const started = (path: string) => (path === '/usr/bin/kvm' ? '/usr/bin/qemu-system-x86_64' : path);
  return started(a) === started(b);
};

/** What is known of a target. */
export const offersOf = (target: UpgradeTarget): Offers => {
  const given = target.documents.some(({ kind }) => kind === 'capabilities');
  const found = given ? capabilitiesOf(target.documents) : undefined;
  const capabilities = found !== undefined && 'known' in found ? found.known : undefined;
  const { known: all, unreadable } = domainCapabilitiesIn(target.documents);
  const { known, strange } = ofOneHost(all, capabilities);
  const why = found !== undefined && 'unknown' in found ? found.unknown : failureOf(target, 'capabilities');
  const broken = [...unreadable, ...strange, failureOf(target, 'domcapabilities') ?? []]
    .flat()
    .map((one) => `; ${one}`);
  const qemu = releaseOf(target, capabilities, all);
  const machinesOf = ({ type, arch = capabilities?.arch }: Omit<Wanted, 'machine'>) =>
    capabilities?.machines({ type, ...(arch === undefined ? {} : { arch }) });
  const canonicalOf = (wanted: Wanted) => machinesOf(wanted)?.get(wanted.machine)?.canonical ?? wanted.machine;
  return {
    name: target.name,
    domainCapabilities: known.length > 0,
    given: target.documents.length > 0 || target.failed !== undefined,
    unseen: unseenOf(target),
    ...(qemu === undefined ? {} : { qemu }),
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(capabilities !== undefined || why === undefined ? {} : { why }),
    // libvirt takes the first that it lists, QEMU's own default (virCapabilitiesDomainDataLookup).
    defaultMachine: (wanted) => machinesOf(wanted)?.keys().next().value,
    maxCpus: (wanted) => {
      const machine = canonicalOf(wanted);
      const { type, arch = capabilities?.arch } = wanted;
      const exact = known.find((caps) => caps.type === type && caps.arch === arch && caps.machine === machine);
      return exact?.maxCpus ?? machinesOf(wanted)?.get(machine)?.maxCpus;
    },
    domain: (wanted) => {
      const { type, arch = capabilities?.arch, emulator } = wanted;
      const machine = canonicalOf(wanted);
      const family = familyOf(machine);
      const fits = known.filter(
        (caps) =>
          caps.type === type &&
          (arch === undefined || caps.arch === arch) &&
          familyOf(caps.machine) === family &&
          (emulator === undefined || sameEmulator(caps.path, emulator)),
      );
      const exact = fits.find((caps) => caps.machine === machine) ?? fits[0];
      if (exact !== undefined) return exact;
      const ask = `virsh domcapabilities --virttype ${type}${arch === undefined ? '' : ` --arch ${arch}`} --machine ${machine}`;
      return {
        unknown: `nothing is known of what the target offers ${type} domains of ${family}; run there: ${ask}${broken.join('')}`,
      };
    },
  };
};
