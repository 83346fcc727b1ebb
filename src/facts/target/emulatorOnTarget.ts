import type { Capabilities, Emulator, Machine } from '../host/daemon/capabilities.ts';
import { type Fit, missing } from './fit.ts';
import { familyOf, type Offers, type Wanted } from './offers.ts';

/** What of the target a domain is held against: its arch and type, and its emulator where the target has that one. */
const askedOf = ({ type, arch, emulator }: Wanted, isMissing: boolean): Emulator => ({
  type,
  ...(arch === undefined ? {} : { arch }),
  ...(emulator === undefined || isMissing ? {} : { emulator }),
});

/**
 * Whether the target certainly lacks the domain's emulator. libvirt looks for qemu-system-ARCH first and names what it finds;
 * of another program it names, and of one in another place, nothing follows (virQEMUCapsFindBinaryForArch).
 */
const lacksEmulator = ({ type, arch, emulator }: Wanted, capabilities: Capabilities): boolean => {
  const there = capabilities.emulator(askedOf({ type, arch, machine: '' }, true));
  return there !== undefined && emulator === `/usr/bin/qemu-system-${arch ?? capabilities.arch}` && there !== emulator;
};

/** The newest machine type of a family, which libvirt's alias for it names. */
const newestOf = (machine: string, machines: ReadonlyMap<string, Machine>): string | undefined =>
  [...machines.values()].find(({ canonical }) => canonical !== undefined && familyOf(canonical) === familyOf(machine))
    ?.canonical;

/** `machine`: why the target can't give the domain its machine type, and whether it soon won't. */
export const machineOnTarget = (wanted: Wanted, { capabilities, why }: Offers): Fit => {
  const { machine, emulator, type } = wanted;
  const unsure = (reason: string): Fit => ({
    facts: { name: machine },
    unknown: ['missing', 'deprecated'].map((at) => ({ at: `/${at}`, reason })),
  });
  if (capabilities === undefined)
    return unsure(why ?? 'the target’s capabilities are not known; run there: virsh capabilities');
  const machines = capabilities.machines(askedOf(wanted, lacksEmulator(wanted, capabilities)));
  if (machines === undefined || machines.size === 0) {
    const what = emulator ?? `an emulator of ${type} domains for ${wanted.arch ?? 'its architecture'}`;
    return unsure(`the target’s capabilities do not name ${what}, so not its machine types either`);
  }
  const found = machines.get(machine);
  if (found === undefined) {
    const newest = newestOf(machine, machines);
    const instead = newest === undefined ? '' : `; its newest of the kind is ${newest}`;
    return { facts: { name: machine, ...missing(`the target has no ${machine}${instead}`) }, unknown: [] };
  }
  const isDeprecated = machines.get(found.canonical ?? machine)?.deprecated ?? false;
  const deprecated = isDeprecated ? { deprecated: `the target’s QEMU means to take ${machine} away` } : {};
  return { facts: { name: machine, ...deprecated }, unknown: [] };
};

/** `type`: why the target runs no domains of this type: without /dev/kvm there is no `kvm`. */
export const typeOnTarget = ({ type, arch }: Wanted, { capabilities, why }: Offers): Fit | undefined => {
  if (why !== undefined) return { facts: { name: type }, unknown: [{ at: '/missing', reason: why }] };
  const types = capabilities?.types(arch);
  if (types === undefined) return undefined;
  const others = [...types].join(', ');
  return {
    facts: { name: type, ...(types.has(type) ? {} : missing(`the target runs ${others} domains only`)) },
    unknown: [],
  };
};

/** `emulator`: why the target has not the program that the XML names. */
export const emulatorOnTarget = (wanted: Wanted, { capabilities, why }: Offers): Fit | undefined => {
  const { emulator, arch } = wanted;
  if (emulator === undefined) return undefined;
  if (capabilities?.machines(askedOf(wanted, false)) !== undefined) return { facts: { path: emulator }, unknown: [] };
  if (capabilities !== undefined && lacksEmulator(wanted, capabilities)) {
    const there = capabilities.emulator(askedOf(wanted, true));
    return {
      facts: { path: emulator, ...missing(`for ${arch ?? 'its architecture'} the target has ${there}`) },
      unknown: [],
    };
  }
  const reason =
    why ?? `the target’s capabilities do not name ${emulator}; see there whether it is: test -x ${emulator}`;
  return { facts: { path: emulator }, unknown: [{ at: '/missing', reason }] };
};
