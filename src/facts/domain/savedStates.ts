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
export const stateFolder = '/var/lib/libvirt/qemu';

/** Why nothing can be said of what is not in a folder there; undefined when it can. */
const hidden = (tree: HostTree, folder: string): string | undefined => {
  const [found, above] = [tree.directory(folder), tree.directory(stateFolder)];
  if (found !== undefined) return 'unreadable' in found ? found.unreadable : undefined;
  if (above === undefined) return `the host root has no ${stateFolder}, where libvirt keeps saved states and snapshots`;
  return 'unreadable' in above ? above.unreadable : undefined;
};

/** Why a saved state of a domain, or a snapshot, may be there unseen; undefined when none can. */
export const hiddenStates = (tree: HostTree, kind: 'save' | 'snapshot', domain?: string): string | undefined =>
  hidden(tree, `${stateFolder}/${kind}`) ??
  (domain === undefined ? undefined : hidden(tree, `${stateFolder}/${kind}/${domain}`));

/** The files that describe a domain's snapshots, as they could be read. */
export const snapshotFiles = (
  domain: string,
  tree: HostTree,
): { path: string; known: NonNullable<ReturnType<HostTree['read']>> }[] => {
  const folder = `${stateFolder}/snapshot/${domain}`;
  return (tree.list(folder) ?? []).flatMap((file) => {
    const path = `${folder}/${file}`;
    const known = file.endsWith('.xml') ? tree.read(path) : undefined;
    return known === undefined ? [] : [{ path, known }];
  });
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
  domain: string,
  { tree, capabilities }: HostFacts,
): { snapshots: readonly Snapshot[]; unknown: readonly Unknown[] } => {
  const found = snapshotFiles(domain, tree).map(({ path, known }): Snapshot | { unreadable: string } => {
    const snapshot = 'unreadable' in known ? known : snapshotOf(fromBytes(known.text), capabilities);
    return 'unreadable' in snapshot ? { unreadable: `${path}: ${snapshot.unreadable}` } : snapshot;
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
  const { snapshots, unknown } = snapshotsIn(name, host);
  const hiddenSave = hiddenStates(tree, 'save');
  const hiddenSnapshots = hiddenStates(tree, 'snapshot', name);
  return {
    facts: {
      ...(hiddenSave === undefined ? { saved: tree.read(`${stateFolder}/save/${name}.save`) !== undefined } : {}),
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
