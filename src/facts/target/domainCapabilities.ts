import type { Document } from '../../model/document.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import { parseXml } from '../xml/parseXml.ts';

/** What one emulator offers domains of one type and machine (libvirt's formatdomaincaps). */
export interface DomainCapabilities {
  /** The emulator's path. */
  path: string;
  /** The domain's type: `kvm`, `qemu`. */
  type: string;
  arch: string;
  /** The versioned machine type. */
  machine: string;
  /** How many CPUs a domain of that machine can have. */
  maxCpus?: number;
  /** The values of an enum; undefined where this libvirt says nothing of it. */
  values(element: string, name: string): ReadonlySet<string> | undefined;
  /** The firmware images that libvirt names. */
  loaders: ReadonlySet<string>;
  /** Features that the host has beyond its nearest model: of others it is not told whether it has them. */
  hostFeatures: ReadonlySet<string>;
  /** Features that keep some model from running, so that the host lacks them; there may be more. */
  lackingFeatures: ReadonlySet<string>;
  /** Whose processors the host has; undefined where this libvirt does not tell. */
  hostVendor?: string;
  /** Whether a CPU mode is supported; undefined where this libvirt says nothing of it. */
  cpuMode(mode: string): boolean | undefined;
  /** The named CPU models and which of them the host can run, as text to compare; empty where none are named. */
  cpuModels: string;
  /** A CPU model by name; undefined where QEMU has none of that name. */
  cpuModel(name: string): CpuModel | undefined;
}

/** A named CPU model (formatdomaincaps, "CPU configuration"). */
export interface CpuModel {
  /** Whether the host can run it as it is; undefined where libvirt doesn't know. */
  usable?: boolean;
  /** Features that the host lacks; undefined where this libvirt doesn't tell. */
  blockers?: readonly string[];
  deprecated: boolean;
}

const list = (value: Json | undefined): readonly JsonObject[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).filter(
    (item): item is JsonObject => typeof item === 'object' && item !== null,
  );

const text = (value: Json | undefined): string => {
  const found = typeof value === 'object' && value !== null ? (value as JsonObject)['#text'] : value;
  return typeof found === 'string' ? found : '';
};

const named = (value: Json | undefined, name: string, attribute = '@name'): JsonObject | undefined =>
  list(value).find((item) => item[attribute] === name);

/** What the host lacks of the model that is nearest to it, which libvirt tells also where it tells no blockers. */
const lackingOfNearest = (hostModel: JsonObject | undefined, name: string): string[] | undefined =>
  !list(hostModel?.model).some((model) => text(model) === name)
    ? undefined
    : list(hostModel?.feature).flatMap((feature) => (feature['@policy'] === 'disable' ? [text(feature['@name'])] : []));

const modelOf = (custom: JsonObject, hostModel: JsonObject | undefined, name: string): CpuModel | undefined => {
  const model = list(custom.model).find((item) => text(item) === name);
  if (model === undefined) return undefined;
  const blockers = named(custom.blockers, name, '@model');
  const lacking =
    blockers === undefined
      ? lackingOfNearest(hostModel, name)
      : list(blockers.feature).map((feature) => text(feature['@name']));
  return {
    deprecated: model['@deprecated'] === 'yes',
    ...(model['@usable'] === 'yes' || model['@usable'] === 'no' ? { usable: model['@usable'] === 'yes' } : {}),
    ...(lacking === undefined ? {} : { blockers: lacking }),
  };
};

const modelsIn = (custom: JsonObject | undefined): string =>
  list(custom?.model)
    .map((model) => `${text(model)} ${text(model['@usable'])}`)
    .sort()
    .join('\n');

/** What is blocked by it is blocked by a feature that the host lacks. */
const lackingIn = (custom: JsonObject | undefined): string[] =>
  list(custom?.blockers).flatMap((blockers) => list(blockers.feature).map((feature) => text(feature['@name'])));

/** Kinds of launch security, of which an older libvirt tells only whether there is SEV. */
const launchSecurity = (root: JsonObject): ReadonlySet<string> | undefined => {
  const sev = valueAt(root, '/features/sev/@supported');
  return sev === undefined ? undefined : new Set(sev === 'yes' ? ['sev'] : []);
};

const read = (root: JsonObject): DomainCapabilities => {
  const holder = (element: string): JsonObject | undefined =>
    list(root[element])[0] ??
    list(valueAt(root, `/devices/${element}`))[0] ??
    list(valueAt(root, `/features/${element}`))[0];
  const mode = (name: string) => named(valueAt(root, '/cpu/mode'), name);
  const vendor = text(mode('host-model')?.vendor);
  const maxCpus = Number(valueAt(root, '/vcpu/@max'));
  return {
    path: text(root.path),
    type: text(root.domain),
    arch: text(root.arch),
    machine: text(root.machine),
    ...(maxCpus > 0 ? { maxCpus } : {}),
    values: (element, name) => {
      const found = holder(element);
      if (found?.['@supported'] === 'no') return new Set();
      const values = named(found?.enum, name);
      if (values === undefined && name === 'sectype') return launchSecurity(root);
      return values === undefined ? undefined : new Set((values.value as string[] | undefined) ?? []);
    },
    loaders: new Set((valueAt(root, '/os/loader/value') as string[] | undefined) ?? []),
    hostFeatures: new Set(
      list(mode('host-model')?.feature).flatMap((feature) =>
        feature['@policy'] === 'require' ? [text(feature['@name'])] : [],
      ),
    ),
    lackingFeatures: new Set(lackingIn(mode('custom'))),
    ...(vendor === '' ? {} : { hostVendor: vendor }),
    cpuMode: (name) => {
      const found = mode(name);
      return found === undefined ? undefined : found['@supported'] === 'yes';
    },
    cpuModels: modelsIn(mode('custom')),
    cpuModel: (name) => {
      const custom = mode('custom');
      return custom === undefined ? undefined : modelOf(custom, mode('host-model'), name);
    },
  };
};

/** Every `virsh domcapabilities` among the documents, and why others could not be read. */
export const domainCapabilitiesIn = (
  documents: readonly Document[],
): { known: readonly DomainCapabilities[]; unreadable: readonly string[] } => {
  const known: DomainCapabilities[] = [];
  const unreadable: string[] = [];
  for (const document of documents) {
    if (document.kind !== 'domcapabilities') continue;
    const parsed = parseXml(document.text, ['domainCapabilities']);
    if (parsed.ok) known.push(read(valueAt(parsed.document, '/domainCapabilities') as JsonObject));
    else unreadable.push(`${document.origin}: domcapabilities: ${parsed.reason}`);
  }
  return { known, unreadable };
};
