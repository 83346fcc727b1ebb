import { isAtLeast } from '../host/daemon/versions.ts';
import { type OptionValue, optionValue } from './optionValue.ts';
import data from './qemuRemovals.json' with { type: 'json' };

/** Thousands of domains ask for a few releases and machine types; what anybody may write must not pile up. */
const mostKnown = 1000;

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
  /** What it is, where only some uses of the name are meant: `-device sga`. */
  what?: string;
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
  /** A regular expression for all that follows an argument. */
  text?: string;
  types?: readonly string[];
  properties?: readonly string[];
  value?: string;
  unless?: Readonly<Record<string, string>>;
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
const by = (version: string, { deprecated, removed, ...more }: Fate): Fate => {
  const past = {
    ...(deprecated !== undefined && reached(version, deprecated) ? { deprecated } : {}),
    ...(removed !== undefined && reached(version, removed) ? { removed } : {}),
  };
  return Object.keys(past).length === 0 ? past : { ...past, ...more };
};

/** A row, and which of an argument's values it means, in its own words: never a value of the domain's own. */
type Meant = Row & { whatOf?: (name: string, text: string) => string | undefined };

const propertyOf = ({ properties, value, unless = {} }: Row, found: OptionValue['properties']): string | undefined => {
  if (Object.entries(unless).some(([key, other]) => found.get(key) === other)) return undefined;
  const pattern = value === undefined ? undefined : new RegExp(value);
  return properties?.find((key) => found.has(key) && (pattern?.test(found.get(key) ?? '') ?? true));
};

const allRows: readonly Meant[] = (data.rows as readonly Row[]).map((row) => {
  const { text, types, properties } = row;
  if (text !== undefined) {
    const pattern = new RegExp(text);
    return { ...row, whatOf: (name, all) => (pattern.test(all) ? `${name} ${pattern.exec(all)?.[0]}` : undefined) };
  }
  if (types === undefined && properties === undefined) return row;
  return {
    ...row,
    whatOf: (name, all) => {
      const { type, properties: found } = optionValue(name, all);
      if (types !== undefined && !types.includes(type ?? '')) return undefined;
      const property = properties === undefined ? undefined : propertyOf(row, found);
      if (properties !== undefined && property === undefined) return undefined;
      const parts = [...(types === undefined ? [] : [type]), ...(property === undefined ? [] : [`${property}=`])];
      return `${name} ${parts.join(',')}`;
    },
  };
});

const rowsOf = (kind: RemovalKind): readonly Meant[] => allRows.filter((row) => row.kind === kind);

/** By kind, since it is asked of each disk of each domain. */
const rows: Readonly<Record<RemovalKind, readonly Meant[]>> = {
  diskProtocol: rowsOf('diskProtocol'),
  lunBus: rowsOf('lunBus'),
  cpuModel: rowsOf('cpuModel'),
  environment: rowsOf('environment'),
  argument: rowsOf('argument'),
};

/** The fate that a row tells of; undefined where it means something else. */
const fateIn = (row: Meant, name: string, text: string): Fate | undefined => {
  if (row.prefix === undefined ? row.name !== name : !name.startsWith(row.prefix)) return undefined;
  const what = row.whatOf?.(name, text);
  if (row.whatOf !== undefined && what === undefined) return undefined;
  const { deprecated, removed, instead } = row;
  return {
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(removed === undefined ? {} : { removed }),
    ...(instead === undefined ? {} : { instead }),
    ...(what === undefined ? {} : { what }),
  };
};

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
  if (before !== undefined) return { deprecated: before.deprecated, removed: before.removed };
  if (!families.includes(type.family)) return {};
  return { deprecated: computed(type.version, deprecated), removed: computed(type.version, removed) };
};

const inRelease = (version: string): Removals => {
  const machines = new Map<string, Fate>();
  return {
    of: (kind, name, value = '') => {
      for (const row of rows[kind]) {
        const fate = fateIn(row, name, value);
        const past = fate === undefined ? {} : by(version, fate);
        if (past.removed !== undefined || past.deprecated !== undefined) return past;
      }
      return {};
    },
    machine: (name) => {
      const fate = machines.get(name) ?? by(version, machineFate(name));
      if (machines.size < mostKnown) machines.set(name, fate);
      return fate;
    },
  };
};

const known = new Map<string, Removals>();

/** What QEMU of `version` (`major.minor`, with or without more) has removed or deprecated. */
export const removalsIn = (version: string): Removals => {
  const removals = known.get(version) ?? inRelease(version);
  if (known.size < mostKnown) known.set(version, removals);
  return removals;
};
