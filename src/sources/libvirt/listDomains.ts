import type { Domain, Hypervisor } from 'node-libvirt';
import type { DomainState } from '../../model/domainState.ts';
import { listFlag, nativeState } from './flags.ts';
import { inFlight } from './inFlight.ts';

/** One domain of the list, and what the list alone can't say of it. */
export interface ListedDomain {
  domain: Domain;
  /** Undefined: running when its XML has an id, shut off when it has none. */
  state?: DomainState;
  /** A transient domain has no configured definition; libvirt would return the live one in its place. */
  transient: boolean;
}

const stateOf = async (domain: Domain): Promise<DomainState> => {
  const info = await domain.getInfo();
  switch (info.state as number) {
    case nativeState.running:
    case nativeState.blocked:
      return 'running';
    case nativeState.paused:
    case nativeState.suspended:
      return 'paused';
    case nativeState.shutoff:
      return 'shutoff';
    case nativeState.crashed:
      return 'crashed';
    default:
      return 'other';
  }
};

/** uuid → domain for the domains that a flag selects: few, as a rule. */
const selected = async (hypervisor: Hypervisor, flag: number, limit: number): Promise<Map<string, Domain>> => {
  const domains = await hypervisor.connectListAllDomains(flag);
  const byUuid = new Map<string, Domain>();
  await inFlight(limit, domains, async (domain) => {
    const uuid = await domain.getUUIDString().catch(() => undefined);
    if (uuid !== undefined) byUuid.set(uuid, domain);
  });
  return byUuid;
};

/**
 * Every domain of the connection. States cost no call per domain: libvirt's list flags tell the paused and the odd ones,
 * and only these are asked one by one.
 */
export const listDomains = async (hypervisor: Hypervisor, limit: number): Promise<ListedDomain[]> => {
  const domains = await hypervisor.connectListAllDomains();
  // After it: a transient domain that comes between the two would else be taken for a persistent one.
  const [transient, paused, odd] = await Promise.all([
    selected(hypervisor, listFlag.transient, limit),
    selected(hypervisor, listFlag.paused, limit),
    selected(hypervisor, listFlag.other, limit),
  ]);
  const states = new Map<string, DomainState>();
  for (const uuid of paused.keys()) states.set(uuid, 'paused');
  await inFlight(limit, [...odd], async ([uuid, domain]) => {
    states.set(uuid, await stateOf(domain).catch(() => 'other' as const));
  });
  if (states.size === 0 && transient.size === 0) return domains.map((domain) => ({ domain, transient: false }));
  const listed: ListedDomain[] = [];
  await inFlight(limit, domains, async (domain) => {
    const uuid = await domain.getUUIDString().catch(() => '');
    const state = states.get(uuid);
    listed.push({ domain, transient: transient.has(uuid), ...(state === undefined ? {} : { state }) });
  });
  return listed;
};
