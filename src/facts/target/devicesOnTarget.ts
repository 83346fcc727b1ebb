import type { JsonObject } from '../../model/json.ts';
import type { DomainCapabilities } from './domainCapabilities.ts';
import { type EnumUse, enumUses } from './enumUses.ts';
import { type Fit, missing, textAt } from './fit.ts';
import { untoldOf } from './untold.ts';

/** One thing that a domain asks for; `unsure` says why it is not known whether the target has it. */
interface Use {
  at: string;
  value: string;
  missing?: string;
  unsure?: string;
}

/** Programs that do what the emulator offers, of which domcapabilities tell nothing. */
const programs: ReadonlyMap<string, string> = new Map([
  ['virtiofs', 'virtiofsd'],
  ['passt', 'passt'],
]);

const besideQemu = (value: string): string | undefined => {
  const program = programs.get(value);
  return program === undefined
    ? undefined
    : `whether ${program} is installed on the target is not told by its domcapabilities; see there: ${program} --version`;
};

const enumThere = ({ at, value, element, name }: EnumUse, caps: DomainCapabilities): Use => {
  const offered = caps.values(element, name);
  const untold = offered?.size === 0 ? undefined : untoldOf(element, name, value);
  // Unless a libvirt names it after all.
  if (untold !== undefined && offered?.has(value) !== true) {
    return { at, value, ...('unsure' in untold ? { unsure: untold.unsure } : {}) };
  }
  if (offered === undefined) {
    return { at, value, unsure: `the target’s domcapabilities of ${caps.machine} have no enum ${name} of ${element}` };
  }
  if (offered.has(value)) {
    const unsure = besideQemu(value);
    return unsure === undefined ? { at, value } : { at, value, unsure };
  }
  const others = [...offered].join(', ');
  return { at, value, missing: `the target offers ${others === '' ? 'none' : others}, not ${value}` };
};

/** A firmware image that libvirt does not name may be there all the same: it names those that come with a description. */
const firmwareThere = (domain: JsonObject, caps: DomainCapabilities): Use[] => {
  const value = textAt(domain, '/os/loader');
  if (value === undefined) return [];
  const at = '/os/loader';
  if (caps.loaders.has(value)) return [{ at, value }];
  return [{ at, value, unsure: `the target’s domcapabilities do not name ${value}; see there: test -e ${value}` }];
};

/** libvirt counts the CPUs that may be plugged in, too (formatdomain, "CPU Allocation"). */
const cpusThere = (domain: JsonObject, maxCpus: number | undefined): Use[] => {
  const value = textAt(domain, '/vcpu');
  if (value === undefined || maxCpus === undefined || !(Number(value) > maxCpus)) return [];
  return [{ at: '/vcpu', value, missing: `the target gives this machine type at most ${maxCpus} CPUs, not ${value}` }];
};

/** `devices`: every value that the emulator must offer, and what it offers instead where it does not. */
export const devicesOnTarget = (domain: JsonObject, caps: DomainCapabilities, maxCpus?: number): Fit => {
  const uses = [
    ...enumUses(domain).map((use) => enumThere(use, caps)),
    ...firmwareThere(domain, caps),
    ...cpusThere(domain, maxCpus),
  ];
  return {
    facts: uses.map(({ at, value, missing: why }): JsonObject => ({ at, value, ...missing(why) })),
    unknown: uses.flatMap(({ unsure }, index) =>
      unsure === undefined ? [] : [{ at: `/${index}/missing`, reason: unsure }],
    ),
  };
};

/** Whether a domain asks for anything of which `devicesOnTarget` tells. */
export const asksForDevices = (domain: JsonObject): boolean =>
  enumUses(domain).length > 0 || textAt(domain, '/os/loader') !== undefined;
