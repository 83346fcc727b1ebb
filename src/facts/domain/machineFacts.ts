import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import type { Unknown } from '../../model/subject.ts';
import type { Emulator, Machine } from '../host/daemon/capabilities.ts';
import type { HostFacts } from '../host/hostFacts.ts';
import type { Learnt } from '../host/learnt.ts';
import type { ParsedDomain } from './parsedDomain.ts';

const text = (domain: JsonObject, pointer: string): string | undefined => {
  const value = valueAt(domain, pointer);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** The machine type that a domain's XML asks for; containers and the test driver have none. */
export const machineOf = (domain: JsonObject | undefined): string | undefined =>
  domain === undefined ? undefined : text(domain, '/os/type/@machine');

const emulatorOf = (domain: JsonObject): Emulator => {
  const arch = text(domain, '/os/type/@arch');
  const emulator = text(domain, '/devices/emulator');
  return {
    type: text(domain, '/@type') ?? '',
    ...(arch === undefined ? {} : { arch }),
    ...(emulator === undefined ? {} : { emulator }),
  };
};

/** The machine types that the daemon offers a domain like this, or why they are not known. */
export const offeredMachines = (
  domain: JsonObject,
  capabilities: HostFacts['capabilities'],
): { machines: ReadonlyMap<string, Machine> } | { unknown: string } => {
  if ('unknown' in capabilities) return capabilities;
  const emulator = emulatorOf(domain);
  const machines = capabilities.known.machines(emulator);
  if (machines !== undefined && machines.size > 0) return { machines };
  const { arch = 'the host’s architecture', emulator: path = 'an emulator' } = emulator;
  return { unknown: `the daemon’s capabilities name no machine types of ${path} for ${arch}` };
};

/** `machine`: whether this host still has the machine type, and whether what runs is what starts next. */
export const machineFacts = (
  parsed: ParsedDomain,
  other: ParsedDomain | undefined,
  capabilities: HostFacts['capabilities'],
): Learnt => {
  const name = machineOf(parsed.domain);
  if (parsed.domain === undefined || name === undefined) return { facts: {}, unknown: [] };
  const unknown: Unknown[] = [];
  const offered = offeredMachines(parsed.domain, capabilities);
  const canonical = (type: string) => ('machines' in offered ? offered.machines.get(type)?.canonical : undefined);
  const found = 'machines' in offered ? offered.machines.get(name) : undefined;
  const otherName = machineOf(other?.domain);
  if ('unknown' in offered) {
    for (const fact of ['known', 'deprecated', 'canonical']) {
      unknown.push({ at: `/machine/${fact}`, reason: offered.unknown });
    }
  }
  const [live, config] = parsed.definition === 'live' ? [name, otherName] : [otherName, name];
  if (other?.problem !== undefined) unknown.push({ at: '/machine/inConfig', reason: other.problem.text });
  // Of different names, one may stand for the other.
  else if ('unknown' in offered && otherName !== undefined && live !== config) {
    unknown.push({ at: '/machine/inConfig', reason: offered.unknown });
  }
  return {
    facts: {
      machine: {
        name,
        ...('machines' in offered
          ? {
              known: found !== undefined,
              deprecated: offered.machines.get(found?.canonical ?? name)?.deprecated ?? false,
            }
          : {}),
        ...(found?.canonical === undefined ? {} : { canonical: found.canonical }),
        ...(live === undefined || config === undefined
          ? {}
          : { inLive: canonical(live) ?? live, inConfig: canonical(config) ?? config }),
      },
    },
    unknown,
  };
};
