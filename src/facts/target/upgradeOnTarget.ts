import type { ParsedDomain } from '../domain/parsedDomain.ts';
import type { KeptStates } from '../domain/saved/keptStates.ts';
import type { Learnt } from '../host/learnt.ts';
import { upgradeFacts } from '../upgrade/upgradeFacts.ts';
import type { Offers } from './offers.ts';

const unknownRelease = 'which release of QEMU the target has is unknown; --target-qemu says it';

/** `upgrade` by the target's release. Where the target itself tells what it has, QEMU's table of releases is not asked. */
export const upgradeOnTarget = (
  parsed: ParsedDomain,
  states: KeptStates | undefined,
  { qemu, capabilities, domainCapabilities }: Offers,
): Learnt => {
  const surer = { machines: capabilities !== undefined, cpuModels: domainCapabilities };
  const { facts, unknown } = upgradeFacts(parsed, states, qemu, surer);
  return { facts, unknown: qemu === undefined ? [...unknown, { at: '/upgrade', reason: unknownRelease }] : unknown };
};
