import type { Json, JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import { machineOf } from '../domain/machineFacts.ts';
import type { ParsedDomain } from '../domain/parsedDomain.ts';
import type { KeptStates } from '../domain/saved/keptStates.ts';
import { type Obstacles, stateObstacles } from '../domain/saved/stateObstacles.ts';
import type { Learnt } from '../host/learnt.ts';
import { optionValue } from './optionValue.ts';
import { documentedRelease, type Fate, type Removals, removalsIn } from './removals.ts';

const list = (domain: JsonObject, pointer: string): readonly JsonObject[] => {
  const value = valueAt(domain, pointer);
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
};

const text = (value: Json | undefined): string => {
  const found = typeof value === 'object' && value !== null ? (value as JsonObject)['#text'] : value;
  return typeof found === 'string' ? found : '';
};

/** A name and what became of it, in words that say it without the rest. */
const told = (name: string, { deprecated, removed, what = name, ...fate }: Fate): JsonObject => ({
  name,
  ...(deprecated === undefined ? {} : { deprecated: `${what} is deprecated since QEMU ${deprecated}` }),
  ...(removed === undefined ? {} : { removed: `${what} is gone since QEMU ${removed}` }),
  ...fate,
});

/** Each place that has a name in it: the index in its list, the name, and what became of it. */
const named = (
  items: readonly JsonObject[],
  nameOf: (item: JsonObject) => Json | undefined,
  fateOf: (name: string) => Fate,
): JsonObject[] =>
  items.flatMap((item, index) => {
    const name = text(nameOf(item));
    return name === '' ? [] : [{ index, ...told(name, fateOf(name)) }];
  });

/** What became of the machine type that `-machine` asks for in place of libvirt's. */
const machineArgument = (name: string, value: string, removals: Removals): Fate => {
  const type = name === '-machine' ? optionValue(name, value).type : undefined;
  const fate = type === undefined ? {} : removals.machine(type);
  return Object.keys(fate).length === 0 ? fate : { ...fate, what: `${name} ${type}` };
};

/** The options among `qemu:arg`s, as QEMU reads them: `--` is `-`, `-M` is `-machine`, and what follows may be the value. */
const options = (domain: JsonObject, removals: Removals): JsonObject[] => {
  const values = list(domain, '/qemu:commandline/qemu:arg').map((arg) => text(arg['@value']));
  return values.flatMap((value, index) => {
    if (!value.startsWith('-')) return [];
    const name = value.replace(/^--/, '-').replace(/^-M$/, '-machine');
    // Never the value itself: it may be a password.
    const following = values[index + 1] ?? '';
    const fate = removals.of('argument', name, following);
    const past = fate.removed === undefined ? { ...fate, ...machineArgument(name, following, removals) } : fate;
    return [{ index, ...told(name, past) }];
  });
};

/** What is known better than by a table of releases: what the target itself says it has. */
interface Surer {
  machines?: boolean;
  cpuModels?: boolean;
}

/** What a domain's XML asks of QEMU by such a name, and what became of each. */
const usesOf = (domain: JsonObject, qemu: string, { machines = false, cpuModels = false }: Surer) => {
  const removals = removalsIn(qemu);
  const disks = list(domain, '/devices/disk');
  const machine = machineOf(domain);
  const cpuModel = text(valueAt(domain, '/cpu/model'));
  return {
    ...(machine === undefined || machines ? {} : { machine: told(machine, removals.machine(machine)) }),
    ...(cpuModel === '' || cpuModels ? {} : { cpuModel: told(cpuModel, removals.of('cpuModel', cpuModel)) }),
    diskProtocols: named(
      disks,
      (disk) => valueAt(disk, '/source/@protocol'),
      (name) => removals.of('diskProtocol', name),
    ),
    lunBuses: named(
      disks,
      (disk) => (disk['@device'] === 'lun' ? valueAt(disk, '/target/@bus') : undefined),
      (name) => removals.of('lunBus', name),
    ),
    environment: named(
      list(domain, '/qemu:commandline/qemu:env'),
      (env) => env['@name'],
      (name) => removals.of('environment', name),
    ),
    arguments: options(domain, removals),
  };
};

/** What of a kept domain's XML is gone: nobody can edit it, so what is only deprecated is in nothing's way. */
const goneOf = (domain: JsonObject, qemu: string, surer: Surer): Obstacles => ({
  obstacles: Object.values(usesOf(domain, qemu, surer))
    .flat()
    .flatMap(({ removed }) => (typeof removed === 'string' ? [removed] : [])),
});

/**
 * `upgrade`: what the domain asks of QEMU by a name that some release has taken away, and what became of each by the
 * release `qemu`. Lists hold every use, with `deprecated` and `removed` only where that had happened; `managedSave` and
 * `snapshots` have what is gone of the XML that libvirt keeps with them.
 *
 * @param states those that are told of with this definition
 */
export const upgradeFacts = (
  { domain }: ParsedDomain,
  states: KeptStates | undefined,
  qemu: string = documentedRelease,
  surer: Surer = {},
): Learnt => {
  if (domain === undefined) return { facts: {}, unknown: [] };
  const kept = states === undefined ? undefined : stateObstacles(states, (then) => goneOf(then, qemu, surer));
  return {
    facts: { upgrade: { qemu, ...usesOf(domain, qemu, surer), ...kept?.facts } },
    unknown: (kept?.unknown ?? []).map(({ at, reason }) => ({ at: `/upgrade${at}`, reason })),
  };
};
