import { readFile } from 'node:fs/promises';
import { createImages } from '../createImages.ts';
import type { PrivateLibvirt } from '../privateLibvirt.ts';
import { type Refusal, refusalOf } from './startEach.ts';
import { tinyDomain } from './tinyDomain.ts';
import { upgrade } from './upgrade.ts';

/** What an attempt came to, and the machine of the domain's definition after it. */
export interface Outcome {
  readonly refusal: Refusal;
  readonly machine: string | undefined;
}

/** What became of a domain's states on the target. */
export interface StatesAfterUpgrade {
  /** The managed save, which `virsh start` takes the domain up from. */
  readonly saved: Outcome;
  /** A snapshot with memory. */
  readonly running: Outcome;
  /** A snapshot of the disk alone. */
  readonly shutoff: Outcome;
}

const domainOn = (name: string, machine: string): string => {
  const source = `<source file='/var/lib/libvirt/images/${name}.qcow2'/>`;
  const disk = `<disk type='file'><driver name='qemu' type='qcow2'/>${source}<target dev='vda' bus='virtio'/></disk>`;
  return tinyDomain(name, { machine, devices: disk });
};

/** Of the definition as it is kept: after a refusal libvirt goes on with another in memory until it is restarted. */
const machineOf = async (libvirt: PrivateLibvirt, name: string): Promise<string | undefined> => {
  const xml = await readFile(libvirt.path(`/etc/libvirt/qemu/${name}.xml`), 'utf8');
  return /\bmachine='([^']*)'/.exec(xml)?.[1];
};

/** How a state is left on the current host, and taken up on the target; each by a domain of its own. */
const states = {
  saved: {
    leave: async (libvirt, name) => {
      await libvirt.start(name);
      await libvirt.virsh('managedsave', name);
    },
    takeUp: (libvirt, name) => libvirt.start(name),
  },
  running: {
    leave: async (libvirt, name) => {
      await libvirt.start(name);
      await libvirt.virsh('snapshot-create-as', name, 'running');
      await libvirt.destroy(name);
    },
    takeUp: (libvirt, name) => libvirt.virsh('snapshot-revert', name, 'running'),
  },
  shutoff: {
    leave: (libvirt, name) => libvirt.virsh('snapshot-create-as', name, 'shutoff'),
    takeUp: (libvirt, name) => libvirt.virsh('snapshot-revert', name, 'shutoff'),
  },
} as const satisfies Record<
  keyof StatesAfterUpgrade,
  Record<'leave' | 'takeUp', (libvirt: PrivateLibvirt, name: string) => Promise<unknown>>
>;

/**
 * Leaves a domain on the current host for each kind of state, upgrades the host, and takes the state up.
 *
 * @param machines by name: that of the states and, where the domain has got a newer one since, that of its definition
 */
export const statesAfterUpgrade = async (
  current: PrivateLibvirt,
  target: PrivateLibvirt,
  machines: Readonly<Record<string, readonly [state: string, definition?: string]>>,
): Promise<Record<string, StatesAfterUpgrade>> => {
  const kinds = Object.keys(states) as (keyof typeof states)[];
  for (const [key, [state, definition]] of Object.entries(machines)) {
    for (const kind of kinds) {
      const name = `${key}-${kind}`;
      const xml = domainOn(name, state);
      await createImages(current, xml);
      await current.define(xml);
      await states[kind].leave(current, name);
      const inactive = await current.dumpxml(name, '--inactive');
      if (definition !== undefined) await current.define(inactive.replace(`'${state}'`, `'${definition}'`));
    }
  }
  await upgrade(current, target);
  const outcome = async (name: string, kind: keyof typeof states): Promise<Outcome> => {
    const refusal = await refusalOf(states[kind].takeUp(target, name));
    await target.destroy(name).catch(() => undefined);
    return { refusal, machine: await machineOf(target, name) };
  };
  const outcomes: Record<string, StatesAfterUpgrade> = {};
  for (const key of Object.keys(machines)) {
    const [saved, running, shutoff] = [
      await outcome(`${key}-saved`, 'saved'),
      await outcome(`${key}-running`, 'running'),
      await outcome(`${key}-shutoff`, 'shutoff'),
    ];
    outcomes[key] = { saved, running, shutoff };
  }
  return outcomes;
};
