import type { JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import type { HostFacts } from '../../host/hostFacts.ts';
import type { Learnt } from '../../host/learnt.ts';
import { machineOf, offeredMachines } from '../machineFacts.ts';
import type { KeptSnapshot, KeptStates } from './keptStates.ts';

/** `internal` when any disk's state is kept inside its own image (libvirt's formatsnapshot). */
const isInternal = (snapshot: JsonObject, memory: string): boolean => {
  const disks = valueAt(snapshot, '/disks/disk');
  return (
    memory === 'internal' ||
    (Array.isArray(disks) ? disks : []).some((disk) => valueAt(disk, '/@snapshot') === 'internal')
  );
};

/** A snapshot's facts, and why it is not known whether its machine type is offered. */
interface Snapshot {
  facts: JsonObject;
  why?: string;
}

const snapshotFacts = (snapshot: JsonObject, memory: string, capabilities: HostFacts['capabilities']): Snapshot => {
  const domain = valueAt(snapshot, '/domain') as JsonObject | undefined;
  const machine = machineOf(domain);
  const offered = domain === undefined || machine === undefined ? undefined : offeredMachines(domain, capabilities);
  const facts = { name: snapshot.name ?? '', memory, internal: isInternal(snapshot, memory) };
  if (offered === undefined || machine === undefined) {
    // Before libvirt 0.9.5 no domain was kept with it.
    return memory === 'no' ? { facts } : { facts, why: `snapshot ${String(facts.name)} names no machine type` };
  }
  if ('unknown' in offered) return { facts: { ...facts, machine }, why: offered.unknown };
  return { facts: { ...facts, machine, machineKnown: offered.machines.has(machine) } };
};

/** `saved` and `snapshots`: states of the domain that were kept, each snapshot with the machine type that it needs. */
export const savedStates = (
  { managedSave, hiddenSave, snapshots, hiddenSnapshots }: KeptStates,
  capabilities: HostFacts['capabilities'],
): Learnt => {
  const known = snapshots.flatMap(({ description, memory }) =>
    description === undefined ? [] : [snapshotFacts(description, memory, capabilities)],
  );
  const unread = ({ description, unknown = '' }: KeptSnapshot) =>
    description === undefined ? [{ at: '/snapshots', reason: unknown }] : [];
  return {
    facts: {
      ...(hiddenSave === undefined ? { saved: managedSave !== undefined } : {}),
      snapshots: known.map(({ facts }) => facts),
    },
    unknown: [
      ...(hiddenSave === undefined ? [] : [{ at: '/saved', reason: hiddenSave }]),
      ...(hiddenSnapshots === undefined ? [] : [{ at: '/snapshots', reason: hiddenSnapshots }]),
      ...snapshots.flatMap(unread),
      ...known.flatMap(({ why }, index) =>
        why === undefined ? [] : [{ at: `/snapshots/${index}/machineKnown`, reason: why }],
      ),
    ],
  };
};
