import { isAtLeast } from '../host/versions.ts';
import data from './qemuRemovals.json' with { type: 'json' };

/** Where in a domain's XML a thing stands that QEMU has taken away. */
export type RemovalKind = 'diskProtocol' | 'lunBus' | 'cpuModel' | 'environment' | 'argument';

/** What had become of something by a release: nothing, when empty. */
export interface Fate {
  /** The release, as `major.minor`, since which QEMU warns. */
  deprecated?: string;
  /** The first release without it. */
  removed?: string;
  /** What takes its place. */
  instead?: string;
}

/** What a release of QEMU no longer has, or has deprecated. */
export interface Removals {
  /** @param value what follows an argument */
  of(kind: RemovalKind, name: string, value?: string): Fate;
  /** Of a versioned machine type, by QEMU's arithmetic; a distribution's own types go by none that is known. */
  machine(name: string): Fate;
}

interface Row {
  kind: string;
  name?: string;
  /** Of the name, where it is not all of it. */
  prefix?: string;
  value?: string;
  deprecated?: string;
  removed?: string;
  instead?: string;
}

/** The release whose documentation rules/data/qemu-removals.yaml was read from. */
export const documentedRelease = data.release;

const reached = (version: string, release: string): boolean => {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  return isAtLeast(version, major, minor);
};

/** What of `fate` had happened by `version`. */
const by = (version: string, { deprecated, removed, instead }: Fate): Fate => {
  const past = {
    ...(deprecated !== undefined && reached(version, deprecated) ? { deprecated } : {}),
    ...(removed !== undefined && reached(version, removed) ? { removed } : {}),
  };
  return Object.keys(past).length === 0 || instead === undefined ? past : { ...past, instead };
};

const matches = (row: Row, kind: RemovalKind, name: string, value: string): boolean =>
  row.kind === kind &&
  (row.prefix === undefined ? row.name === name : name.startsWith(row.prefix)) &&
  (row.value === undefined || new RegExp(row.value).test(value));

/** `pc-q35-4.0.1` is of family pc-q35 and version 4.0: QEMU's macros ignore the rest. */
const versioned = (name: string) => {
  const [, family = '', version] = /^(.+)-(\d+\.\d+)(?:\.\d+)?$/.exec(name) ?? [];
  return version === undefined ? undefined : { family, version };
};

const computed = (version: string, { after, since }: { after: number; since: string }): string => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const release = `${major + after}.${minor}`;
  return reached(release, since) ? release : since;
};

const machineFate = (name: string): Fate => {
  const { families, deprecated, removed, earlier } = data.machines;
  const type = versioned(name);
  if (type === undefined) return {};
  const before = earlier.find(({ family, upTo }) => family === type.family && reached(upTo, type.version));
  if (before !== undefined) return { removed: before.removed };
  if (!families.includes(type.family)) return {};
  return { deprecated: computed(type.version, deprecated), removed: computed(type.version, removed) };
};

/** What QEMU of `version` (`major.minor`, with or without more) has removed or deprecated. */
export const removalsIn = (version: string): Removals => ({
  of: (kind, name, value = '') =>
    by(version, (data.rows as readonly Row[]).find((row) => matches(row, kind, name, value)) ?? {}),
  machine: (name) => by(version, machineFate(name)),
});
