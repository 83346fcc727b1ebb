import type { JsonObject } from '../../model/json.ts';
import type { Unknown } from '../../model/subject.ts';
import { machineOf } from '../domain/machineFacts.ts';
import type { Learnt } from '../host/learnt.ts';
import { cpuModeOf, cpuOnTarget } from './cpuOnTarget.ts';
import { asksForDevices, devicesOnTarget } from './devicesOnTarget.ts';
import { emulatorOnTarget, machineOnTarget, typeOnTarget } from './emulatorOnTarget.ts';
import { type Fit, textAt } from './fit.ts';
import type { Offers, Wanted } from './offers.ts';

const askedOf = (domain: JsonObject): Omit<Wanted, 'machine'> => ({
  type: textAt(domain, '/@type') ?? '',
  arch: textAt(domain, '/os/type/@arch'),
  emulator: textAt(domain, '/devices/emulator'),
});

/** Types of domain that have a machine type, whether their XML names it or leaves it to libvirt. */
const ofQemu: ReadonlySet<string> = new Set(['kvm', 'qemu']);

const nameless =
  'the domain names no machine type, and the target’s capabilities do not tell which it gets; run there: virsh capabilities';

const below = (at: string, unknown: readonly Unknown[]): Unknown[] =>
  unknown.map((place) => ({ at: `${at}${place.at}`, reason: place.reason }));

/** What the domain capabilities alone tell, where they are not known: unknown, as far as the domain asks for any of it. */
const withoutCaps = (domain: JsonObject, why: string): readonly (readonly [string, Fit])[] => {
  const unsure: Fit = { facts: {}, unknown: [{ at: '', reason: why }] };
  return [
    ...(cpuModeOf(domain) === undefined ? [] : [['cpu', unsure] as const]),
    ...(asksForDevices(domain) ? [['devices', unsure] as const] : []),
  ];
};

/**
 * What of a domain's XML the target does not offer, or may not: `type`, `machine`, `emulator`, `cpu`, `devices`. Pointers are
 * from these facts on.
 */
export const domainOnTarget = (domain: JsonObject, offers: Offers): Learnt => {
  const asked = askedOf(domain);
  const named = machineOf(domain);
  if (named === undefined && !ofQemu.has(asked.type)) return { facts: {}, unknown: [] };
  const name = named ?? offers.defaultMachine(asked);
  const wanted = { ...asked, machine: name ?? '' };
  const caps = name === undefined ? { unknown: nameless } : offers.domain(wanted);
  const parts: readonly (readonly [string, Fit | undefined])[] = [
    ['type', typeOnTarget(wanted, offers)],
    ...(named === undefined ? [] : [['machine', machineOnTarget(wanted, offers)] as const]),
    ['emulator', emulatorOnTarget(wanted, offers)],
    ...('unknown' in caps
      ? withoutCaps(domain, caps.unknown)
      : ([
          ['cpu', cpuOnTarget(domain, wanted, caps, offers.capabilities?.processor)],
          ['devices', devicesOnTarget(domain, caps, offers.maxCpus(wanted))],
        ] as const)),
  ];
  const learnt = parts.flatMap(([part, found]) => (found === undefined ? [] : [[part, found] as const]));
  return {
    facts: Object.fromEntries(learnt.map(([part, { facts }]) => [part, facts])),
    unknown: learnt.flatMap(([part, { unknown }]) => below(`/${part}`, unknown)),
  };
};
