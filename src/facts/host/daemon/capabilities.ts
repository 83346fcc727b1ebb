import type { Document, LibvirtDocument } from '../../../model/document.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import { remembered } from '../../../model/remembered.ts';
import { parseXml } from '../../xml/parseXml.ts';

/** A machine type that the daemon offers (libvirt's formatcaps, `machine`). */
export interface Machine {
  /** The versioned type that this name stands for. */
  canonical?: string;
  deprecated: boolean;
  /** How many CPUs it can have. */
  maxCpus?: number;
}

/** Whom a machine type must be offered by; formatdomain's `os/type/@arch`, `@type` and `devices/emulator`. */
export interface Emulator {
  arch?: string;
  type: string;
  emulator?: string;
}

/** A processor by libvirt's words for it (formatcaps, `host/cpu`). */
export interface Processor {
  model: string;
  features: ReadonlySet<string>;
}

/** What the daemon says of this host and its emulators. */
export interface Capabilities {
  /** The host's own architecture. */
  arch?: string;
  /** Whose processors it has, as libvirt calls them. */
  vendor?: string;
  /** What libvirt itself reads of the processor: a model that it has all of, and more features. */
  processor?: Processor;
  /** Whether snapshots may be external in every regard (`features/externalSnapshot`, libvirt 9.9.0). */
  externalSnapshot: boolean;
  /** The types of domain that an emulator of this architecture, or of the host's own, runs; undefined where there is none. */
  types(arch?: string): ReadonlySet<string> | undefined;
  /** The emulator that libvirt found for domains of a type; undefined where nothing is said of one. */
  emulator(wanted: Omit<Emulator, 'emulator'>): string | undefined;
  /** The machine types by name, first the one that a domain gets which names none; undefined where nothing is said of such an emulator. */
  machines(emulator: Emulator): ReadonlyMap<string, Machine> | undefined;
}

const text = (value: Json | undefined): string | undefined => {
  const found = typeof value === 'object' && value !== null ? (value as JsonObject)['#text'] : value;
  return typeof found === 'string' && found !== '' ? found : undefined;
};

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter((item): item is JsonObject => typeof item === 'object' && item !== null) : [];

const machinesIn = (holder: JsonObject): readonly (readonly [string, Machine])[] =>
  objects(holder.machine).map((machine) => {
    const canonical = text(machine['@canonical']);
    const deprecated = machine['@deprecated'] === 'yes';
    const most = Number(text(machine['@maxCpus']));
    const maxCpus = most > 0 ? { maxCpus: most } : {};
    return [text(machine) ?? '', { deprecated, ...(canonical === undefined ? {} : { canonical }), ...maxCpus }];
  });

/** Debian's kvm is a script that starts qemu-system-x86_64. */
const started = (emulator: string): string => (emulator === '/usr/bin/kvm' ? '/usr/bin/qemu-system-x86_64' : emulator);

/** `domain` inside `arch` repeats what differs from the rest of `arch` (formatcaps). */
const specialOf = (arch: JsonObject, type: string): JsonObject =>
  objects(arch.domain).find((domain) => domain['@type'] === type) ?? {};

const programOf = (arch: JsonObject, type: string): string | undefined =>
  text(specialOf(arch, type).emulator) ?? text(arch.emulator);

const machinesOf = (arch: JsonObject, { type, emulator }: Emulator): ReadonlyMap<string, Machine> | undefined => {
  const special = specialOf(arch, type);
  const program = programOf(arch, type);
  if (emulator !== undefined && program !== undefined && started(emulator) !== program) return undefined;
  const own = machinesIn(special);
  return new Map(own.length > 0 ? own : machinesIn(arch));
};

const processorOf = (root: JsonObject): Processor | undefined => {
  const model = text(valueAt(root, '/host/cpu/model'));
  if (model === undefined) return undefined;
  const features = objects(valueAt(root, '/host/cpu/feature')).flatMap((feature) => text(feature['@name']) ?? []);
  return { model, features: new Set(features) };
};

const read = (root: JsonObject): Capabilities => {
  const host = text(valueAt(root, '/host/cpu/arch'));
  const vendor = text(valueAt(root, '/host/cpu/vendor'));
  const processor = processorOf(root);
  const guests = objects(root.guest);
  // Thousands of domains ask for the same.
  const offered = new Map<string, ReadonlyMap<string, Machine> | undefined>();
  const offeredBy = (emulator: Emulator): ReadonlyMap<string, Machine> | undefined => {
    const arch = emulator.arch ?? host;
    for (const guest of guests) {
      if (text(guest.os_type) !== 'hvm' || valueAt(guest, '/arch/@name') !== arch) continue;
      const machines = machinesOf(guest.arch as JsonObject, emulator);
      if (machines !== undefined) return machines;
    }
    return undefined;
  };
  return {
    ...(host === undefined ? {} : { arch: host }),
    ...(vendor === undefined ? {} : { vendor }),
    ...(processor === undefined ? {} : { processor }),
    externalSnapshot: guests.some((guest) => valueAt(guest, '/features/externalSnapshot') !== undefined),
    emulator: ({ type, arch = host }) => {
      const guest = guests.find((one) => text(one.os_type) === 'hvm' && valueAt(one, '/arch/@name') === arch);
      return guest === undefined ? undefined : programOf(guest.arch as JsonObject, type);
    },
    types: (arch = host) => {
      const guest = guests.find((one) => text(one.os_type) === 'hvm' && valueAt(one, '/arch/@name') === arch);
      if (guest === undefined) return undefined;
      return new Set(objects(valueAt(guest, '/arch/domain')).map((domain) => String(domain['@type'])));
    },
    machines: (emulator) => {
      const key = `${emulator.arch}\n${emulator.type}\n${emulator.emulator}`;
      if (!offered.has(key)) offered.set(key, offeredBy(emulator));
      return offered.get(key);
    },
  };
};

/** The value of `/capabilities` in such a document, or why it can't be read. */
export const parsedCapabilities = remembered(
  ({ text, origin }: LibvirtDocument): { known: JsonObject } | { unknown: string } => {
    const parsed = parseXml(text, ['capabilities']);
    if (!parsed.ok) return { unknown: `${origin}: capabilities: ${parsed.reason}` };
    return { known: valueAt(parsed.document, '/capabilities') as JsonObject };
  },
);

/** The daemon's capabilities (`virsh capabilities`), or why they are not known. */
export const capabilitiesOf = (documents: readonly Document[]): { known: Capabilities } | { unknown: string } => {
  const document = documents.find(({ kind }) => kind === 'capabilities');
  if (document?.kind !== 'capabilities') {
    return { unknown: 'the daemon’s capabilities were not read; virsh capabilities tells its machine types' };
  }
  const parsed = parsedCapabilities(document);
  return 'unknown' in parsed ? parsed : { known: read(parsed.known) };
};
