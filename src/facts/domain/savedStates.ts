import { fromBytes } from '../../model/bytes.ts';
import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { Unknown } from '../../model/subject.ts';
import type { HostFacts } from '../host/hostFacts.ts';
import type { HostTree } from '../host/hostTree.ts';
import type { Learnt } from '../host/learnt.ts';
import { parseXml } from '../xml/parseXml.ts';
import { machineOf, offeredMachines } from './machineFacts.ts';
import type { ParsedDomain } from './parsedDomain.ts';

/** Where the system daemon keeps what it knows of domains. */
const state = '/var/lib/libvirt/qemu';

/** Why nothing can be said of what is not in a folder there; undefined when it can. */
const hidden = (tree: HostTree, folder: string): string | undefined => {
  const [found, above] = [tree.directory(folder), tree.directory(state)];
  if (found !== undefined) return 'unreadable' in found ? found.unreadable : undefined;
  if (above === undefined) return `the host root has no ${state}, where libvirt keeps saved states and snapshots`;
  return 'unreadable' in above ? above.unreadable : undefined;
};

/** `internal` when any disk's state is kept inside its own image (libvirt's formatsnapshot). */
const isInternal = (snapshot: JsonObject): boolean => {
  const disks = valueAt(snapshot, '/disks/disk');
  const all = [valueAt(snapshot, '/memory'), ...(Array.isArray(disks) ? disks : [])];
  return all.some((part) => valueAt(part, '/@snapshot') === 'internal');
};

/** A snapshot's facts, and why it is not known whether its machine type is offered. */
interface Snapshot {
  facts: JsonObject;
  why?: string;
}

const snapshotOf = (text: string, capabilities: HostFacts['capabilities']): Snapshot | { unreadable: string } => {
  const parsed = parseXml(text, ['domainsnapshot']);
  if (!parsed.ok) return { unreadable: parsed.reason };
  const snapshot = valueAt(parsed.document, '/domainsnapshot') as JsonObject;
  const domain = valueAt(snapshot, '/domain') as JsonObject | undefined;
  const machine = machineOf(domain);
  const offered = domain === undefined || machine === undefined ? undefined : offeredMachines(domain, capabilities);
  const facts = {
    name: snapshot.name ?? '',
    memory: valueAt(snapshot, '/memory/@snapshot') ?? 'no',
    internal: isInternal(snapshot),
  };
  if (offered === undefined || machine === undefined) {
    // Before libvirt 0.9.5 no domain was kept with it.
    return facts.memory === 'no' ? { facts } : { facts, why: `snapshot ${String(facts.name)} names no machine type` };
  }
  if ('unknown' in offered) return { facts: { ...facts, machine }, why: offered.unknown };
  return { facts: { ...facts, machine, machineKnown: offered.machines.has(machine) } };
};

/** Every snapshot whose description can be read; the others become unknown. */
const snapshotsIn = (
  folder: string,
  { tree, capabilities }: HostFacts,
): { snapshots: readonly Snapshot[]; unknown: readonly Unknown[] } => {
  const found = (tree.list(folder) ?? [])
    .filter((file) => file.endsWith('.xml'))
    .flatMap((file): (Snapshot | { unreadable: string })[] => {
      const path = `${folder}/${file}`;
      const known = tree.read(path);
      if (known === undefined) return [];
      const snapshot = 'unreadable' in known ? known : snapshotOf(fromBytes(known.text), capabilities);
      return 'unreadable' in snapshot ? [{ unreadable: `${path}: ${snapshot.unreadable}` }] : [snapshot];
    });
  return {
    snapshots: found.filter((snapshot) => 'facts' in snapshot),
    unknown: found.flatMap((snapshot) =>
      'unreadable' in snapshot ? [{ at: '/snapshots', reason: snapshot.unreadable }] : [],
    ),
  };
};

/** `saved` and `snapshots`: states of the domain that were kept, each snapshot with the machine type that it needs. */
export const savedStates = ({ name }: ParsedDomain, host: HostFacts): Learnt => {
  const { tree } = host;
  const folder = `${state}/snapshot/${name}`;
  const { snapshots, unknown } = snapshotsIn(folder, host);
  const hiddenSave = hidden(tree, `${state}/save`);
  const hiddenSnapshots = hidden(tree, `${state}/snapshot`) ?? hidden(tree, folder);
  return {
    facts: {
      ...(hiddenSave === undefined ? { saved: tree.read(`${state}/save/${name}.save`) !== undefined } : {}),
      snapshots: snapshots.map(({ facts }) => facts),
    },
    unknown: [
      ...(hiddenSave === undefined ? [] : [{ at: '/saved', reason: hiddenSave }]),
      ...(hiddenSnapshots === undefined ? [] : [{ at: '/snapshots', reason: hiddenSnapshots }]),
      ...unknown,
      ...snapshots.flatMap(({ why }, index) =>
        why === undefined ? [] : [{ at: `/snapshots/${index}/machineKnown`, reason: why }],
      ),
    ],
  };
};
