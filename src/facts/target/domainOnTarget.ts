import type { Json, JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { Unknown } from '../../model/subject.ts';
import { machineOf } from '../domain/machineFacts.ts';
import type { Capabilities, Emulator, Machine } from '../host/capabilities.ts';
import type { Learnt } from '../host/learnt.ts';
import type { CpuModel, DomainCapabilities } from './domainCapabilities.ts';
import { enumUses } from './enumUses.ts';
import { familyOf, type Offers, type Wanted } from './offers.ts';

/** One part of what the target offers a domain; pointers are from its facts on. */
interface Fit {
  facts: Json;
  unknown: readonly Unknown[];
}

const text = (domain: JsonObject, pointer: string): string | undefined => {
  const value = valueAt(domain, pointer);
  const found = typeof value === 'object' && value !== null ? (value as JsonObject)['#text'] : value;
  return typeof found === 'string' && found !== '' ? found : undefined;
};

const wantedOf = (domain: JsonObject, machine: string): Wanted => ({
  type: text(domain, '/@type') ?? '',
  arch: text(domain, '/os/type/@arch'),
  machine,
  emulator: text(domain, '/devices/emulator'),
});

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

const missing = (why: string | undefined): { missing?: string } => (why === undefined ? {} : { missing: why });

/** The newest machine type of a family, which libvirt's alias for it names. */
const newestOf = (machine: string, machines: ReadonlyMap<string, Machine>): string | undefined =>
  [...machines.values()].find(({ canonical }) => canonical !== undefined && familyOf(canonical) === familyOf(machine))
    ?.canonical;

/** `machine`: why the target can't give the domain its machine type, and whether it soon won't. */
const machineThere = (wanted: Wanted, { capabilities, why }: Offers): Fit => {
  const { machine, emulator, type } = wanted;
  const unsure = (reason: string): Fit => ({
    facts: { name: machine },
    unknown: ['missing', 'deprecated'].map((at) => ({ at: `/${at}`, reason })),
  });
  if (capabilities === undefined)
    return unsure(why ?? 'the target’s capabilities are not known; run there: virsh capabilities');
  const machines = capabilities.machines(askedOf(wanted, lacksEmulator(wanted, capabilities)));
  if (machines === undefined) {
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
const typeThere = ({ type, arch }: Wanted, { capabilities }: Offers): Fit | undefined => {
  const types = capabilities?.types(arch);
  if (types === undefined) return undefined;
  const others = [...types].join(', ');
  return {
    facts: { name: type, ...(types.has(type) ? {} : missing(`the target runs ${others} domains only`)) },
    unknown: [],
  };
};

/** `emulator`: why the target has not the program that the XML names. */
const emulatorThere = (wanted: Wanted, { capabilities }: Offers): Fit | undefined => {
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
  const reason = `the target’s capabilities do not name ${emulator}; see there whether it is: test -x ${emulator}`;
  return { facts: { path: emulator }, unknown: [{ at: '/missing', reason }] };
};

/** Features of a CPU model that the host lacks and the domain does without. */
const disabled = (domain: JsonObject): ReadonlySet<string> => {
  const features = valueAt(domain, '/cpu/feature');
  return new Set(
    (Array.isArray(features) ? (features as readonly JsonObject[]) : []).flatMap((feature) =>
      feature['@policy'] === 'disable' || feature['@policy'] === 'forbid' ? [String(feature['@name'])] : [],
    ),
  );
};

/** A CPU that is described without a mode is a custom one (formatdomain); a bare topology asks for none. */
const cpuModeOf = (domain: JsonObject): string | undefined =>
  text(domain, '/cpu/@mode') ?? (text(domain, '/cpu/model') === undefined ? undefined : 'custom');

/** Why a target can't run a named CPU model, if it can't, for a domain that has to have all of it. */
const cpuObstacle = (domain: JsonObject, name: string, { usable, blockers }: CpuModel): string | undefined => {
  if (usable !== false) return undefined;
  if (blockers === undefined) return `the target’s host can’t run ${name}`;
  const without = disabled(domain);
  const lacking = blockers.filter((feature) => !without.has(feature));
  return lacking.length === 0 ? undefined : `for ${name} the target’s host lacks ${lacking.join(', ')}`;
};

/**
 * `cpu`: why the target can't give the domain its CPU. Without KVM, and where `check='none'` waives it, libvirt starts the
 * domain whatever features are missing (formatdomain, "CPU model and topology").
 */
const cpuThere = (domain: JsonObject, { type }: Wanted, caps: DomainCapabilities): Fit | undefined => {
  const mode = cpuModeOf(domain);
  if (mode === undefined) return undefined;
  const supported = caps.cpuMode(mode);
  if (supported === undefined) {
    const reason = `the target’s domcapabilities of ${caps.machine} say nothing of CPU mode ${mode}`;
    return { facts: { mode }, unknown: [{ at: '/missing', reason }] };
  }
  if (!supported)
    return { facts: { mode, ...missing(`the target gives ${type} domains no CPU mode ${mode}`) }, unknown: [] };
  const name = text(domain, '/cpu/model');
  if (mode !== 'custom' || name === undefined) return { facts: { mode }, unknown: [] };
  const model = caps.cpuModel(name);
  if (model === undefined) {
    return { facts: { mode, model: name, ...missing(`the target’s QEMU has no CPU model ${name}`) }, unknown: [] };
  }
  const facts = {
    mode,
    model: name,
    ...(model.deprecated ? { deprecated: `the target calls ${name} deprecated` } : {}),
  };
  if (type !== 'kvm' || text(domain, '/cpu/@check') === 'none') return { facts, unknown: [] };
  if (model.usable === undefined) {
    const reason = `the target’s libvirt does not know whether its host can run ${name}`;
    return { facts, unknown: [{ at: '/missing', reason }] };
  }
  return { facts: { ...facts, ...missing(cpuObstacle(domain, name, model)) }, unknown: [] };
};

/** `devices`: every value that the emulator must offer, and what it offers instead where it does not. */
const devicesThere = (domain: JsonObject, caps: DomainCapabilities): Fit => {
  const unknown: Unknown[] = [];
  const facts = enumUses(domain).map(({ at, value, element, name }, index): JsonObject => {
    const offered = caps.values(element, name);
    if (offered === undefined) {
      const reason = `the target’s domcapabilities of ${caps.machine} have no enum ${name} of ${element}`;
      unknown.push({ at: `/${index}/missing`, reason });
      return { at, value };
    }
    if (offered.has(value)) return { at, value };
    const others = [...offered].join(', ');
    return { at, value, ...missing(`the target offers ${others === '' ? 'none' : others}, not ${value}`) };
  });
  return { facts, unknown };
};

const below = (at: string, unknown: readonly Unknown[]): Unknown[] =>
  unknown.map((place) => ({ at: `${at}${place.at}`, reason: place.reason }));

/** What the domain capabilities alone tell, where they are not known: unknown, as far as the domain asks for any of it. */
const withoutCaps = (domain: JsonObject, why: string): readonly (readonly [string, Fit])[] => {
  const unsure: Fit = { facts: {}, unknown: [{ at: '', reason: why }] };
  return [
    ...(cpuModeOf(domain) === undefined ? [] : [['cpu', unsure] as const]),
    ...(enumUses(domain).length === 0 ? [] : [['devices', unsure] as const]),
  ];
};

/**
 * What of a domain's XML the target does not offer, or may not: `type`, `machine`, `emulator`, `cpu`, `devices`. Pointers are
 * from these facts on.
 */
export const domainOnTarget = (domain: JsonObject, offers: Offers): Learnt => {
  const name = machineOf(domain);
  if (name === undefined) return { facts: {}, unknown: [] };
  const wanted = wantedOf(domain, name);
  const caps = offers.domain(wanted);
  const parts: readonly (readonly [string, Fit | undefined])[] = [
    ['type', typeThere(wanted, offers)],
    ['machine', machineThere(wanted, offers)],
    ['emulator', emulatorThere(wanted, offers)],
    ...('unknown' in caps
      ? withoutCaps(domain, caps.unknown)
      : ([
          ['cpu', cpuThere(domain, wanted, caps)],
          ['devices', devicesThere(domain, caps)],
        ] as const)),
  ];
  const learnt = parts.flatMap(([part, found]) => (found === undefined ? [] : [[part, found] as const]));
  return {
    facts: Object.fromEntries(learnt.map(([part, { facts }]) => [part, facts])),
    unknown: learnt.flatMap(([part, { unknown }]) => below(`/${part}`, unknown)),
  };
};
