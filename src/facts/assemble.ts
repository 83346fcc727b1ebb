import type { Document } from '../model/document.ts';
import type { JsonObject } from '../model/json.ts';
import { defaultParameters, type Parameters } from '../model/parameters.ts';
import type { Subject, Unknown } from '../model/subject.ts';
import type { UpgradeTarget } from '../model/upgradeTarget.ts';
import { agentProbes } from './domain/channels/agentProbe.ts';
import { agentStateUnknowns } from './domain/channels/agentState.ts';
import { channelsOf, isAgentChannel } from './domain/channels/channels.ts';
import { managedDirectory } from './domain/channels/managedDirectory.ts';
import { namedDirectories } from './domain/channels/namedDirectories.ts';
import { sharedPaths } from './domain/channels/sharedPaths.ts';
import { socketFacts } from './domain/channels/socketFacts.ts';
import { systemVm } from './domain/channels/systemVm.ts';
import { type Disks, domainProfileFacts } from './domain/confinement/domainProfileFacts.ts';
import { helperFacts } from './domain/confinement/helperFacts.ts';
import { processFacts } from './domain/confinement/processFacts.ts';
import { diskFacts } from './domain/disks/diskFacts.ts';
import { diskOwners } from './domain/disks/diskOwners.ts';
import { withLiveChains } from './domain/disks/liveChains.ts';
import { sharedDisks } from './domain/disks/sharedDisks.ts';
import { storageView } from './domain/disks/storageView.ts';
import { displayFacts } from './domain/displayFacts.ts';
import { domainUse } from './domain/domainUse.ts';
import { filesystemFacts } from './domain/filesystemFacts.ts';
import { storedPaths } from './domain/hostPaths.ts';
import { interfaceFacts } from './domain/interfaceFacts.ts';
import { machineFacts } from './domain/machineFacts.ts';
import { namedFiles } from './domain/namedFiles.ts';
import { type ParsedDomain, parseDomain } from './domain/parsedDomain.ts';
import { pcieRootPorts } from './domain/pcieRootPorts.ts';
import { keptStates } from './domain/saved/keptStates.ts';
import { savedStates } from './domain/saved/savedStates.ts';
import { unreadDomains } from './domain/unreadDomains.ts';
import { type HostFacts, hostFacts } from './host/hostFacts.ts';
import { createHostMemory, type HostMemory } from './host/hostMemory.ts';
import type { Learnt } from './host/learnt.ts';
import { hostOnTarget } from './target/hostOnTarget.ts';
import { type Offers, offersOf } from './target/offers.ts';
import { targetFacts } from './target/targetFacts.ts';
import { upgradeOnTarget } from './target/upgradeOnTarget.ts';
import { upgradeFacts } from './upgrade/upgradeFacts.ts';

/** Every definition of a domain among the documents. */
export const parseDomains = (documents: readonly Document[]): ParsedDomain[] =>
  documents.map((document) => parseDomain(document)).filter((parsed) => parsed !== undefined);

/** `agent`: in which definitions of a running, persistent domain the agent's channel is. */
const agentFacts = (parsed: ParsedDomain, other: ParsedDomain | undefined): JsonObject => {
  if (parsed.domain === undefined || other?.domain === undefined) return {};
  const has = ({ domain }: ParsedDomain) => channelsOf(domain ?? {}).some(isAgentChannel);
  const [live, config] = parsed.definition === 'live' ? [parsed, other] : [other, parsed];
  return { agent: { inLive: has(live), inConfig: has(config) } };
};

/** The other definition exists and could not be read: what is in it is unknown, not absent. */
const agentUnknowns = (other: ParsedDomain | undefined): Unknown[] =>
  other?.problem === undefined ? [] : [{ at: '/agent', reason: other.problem.text }];

/** Every type that libvirt has (formatdomain); with another, or none, no rule can tell whether it applies. */
const types = 'qemu kqemu kvm xen lxc uml openvz test vmware hyperv vbox phyp parallels bhyve vz hvf nvmm'.split(' ');

const typeUnknowns = (domain: JsonObject): Unknown[] =>
  types.includes(String(domain['@type']))
    ? []
    : [
        {
          at: '/domain/@type',
          reason: `the domain's type is ${JSON.stringify(domain['@type'] ?? null)}, which libvirt does not know`,
        },
      ];

/** Domains of one uuid and different names: one is a copy, and what is said of the one may be true of the other. */
const sameUuid = (domains: readonly ParsedDomain[]): ((parsed: ParsedDomain) => Unknown[]) => {
  const names = new Map<string, Set<string>>();
  for (const { uuid, name } of domains) {
    if (uuid !== undefined) names.set(uuid, (names.get(uuid) ?? new Set()).add(name));
  }
  return ({ uuid, name }) => {
    const others = [...(names.get(uuid ?? '') ?? [])].filter((other) => other !== name);
    if (others.length === 0) return [];
    return [{ at: '', reason: `its uuid is also that of ${others.join(', ')}: one of them is a copy` }];
  };
};

const identity = ({ uuid, name }: ParsedDomain): string => uuid ?? name;

const domainSubjects = (
  domains: readonly ParsedDomain[],
  host: HostFacts,
  parameters: Parameters,
  probeOf: (parsed: ParsedDomain) => Learnt,
  offers: Offers | undefined,
): Subject[] => {
  const sharers = sharedPaths(domains, host.tree.realpath);
  const storage = withLiveChains(storageView(host.tree), domains);
  const diskSharers = sharedDisks(domains, storage);
  const copies = sameUuid(domains);
  const interfacesOf = interfaceFacts(domains);
  const unreadBeside = unreadDomains(domains);
  const managed = (directory: string) => managedDirectory(directory, parameters, host.tree);
  const owners = diskOwners(domains, storage);
  const disks: Omit<Disks, 'unread'> = { paths: [...owners.keys()], owners };
  // One for all: of domains that are compared, what they share costs nothing.
  const settings: JsonObject = { ...parameters };
  const byDefinition = new Map(domains.map((parsed) => [`${parsed.definition} ${identity(parsed)}`, parsed]));
  return domains.map((parsed): Subject => {
    const { definition, state, name, uuid, domain, problem } = parsed;
    const target = { kind: 'domain' as const, name, ...(uuid === undefined ? {} : { uuid }) };
    const common = { target, definition, state };
    if (domain === undefined) {
      const { text, reason } = problem ?? { text: 'nothing is known of it', reason: 'error' as const };
      return { ...common, facts: {}, unknown: [{ at: '', reason: text }], unaudited: reason };
    }
    const unread = unreadBeside(parsed);
    const sockets = socketFacts(parsed, host, { of: (path) => sharers(path, parsed), unread }, managed);
    const interfaces = interfacesOf(parsed);
    const profile = domainProfileFacts(parsed, host.tree, host.policy, { ...disks, unread });
    const running = processFacts(parsed, host.processes);
    const other = byDefinition.get(`${definition === 'live' ? 'config' : 'live'} ${identity(parsed)}`);
    const kept = keptStates(name, host.tree);
    // They are the domain's, whichever definition is asked: they are told of once. A transient one has but one.
    const states = definition === 'config' || other === undefined ? kept : undefined;
    const learnt = [
      machineFacts(parsed, other, host.capabilities),
      diskFacts(parsed, host.tree, { of: (source) => diskSharers(source, parsed), unread }, storage),
      namedFiles(parsed, host.tree),
      filesystemFacts(parsed, host.tree),
      helperFacts(parsed, host.tree, storage),
      savedStates(kept, host.capabilities),
      running,
      probeOf(parsed),
      offers === undefined ? upgradeFacts(parsed, states) : upgradeOnTarget(parsed, states, offers),
      ...(offers === undefined ? [] : [targetFacts(parsed, states, offers)]),
    ];
    const facts: JsonObject = {
      domain,
      definition,
      state,
      sockets: sockets.facts,
      interfaces: interfaces.facts,
      ...pcieRootPorts(domain),
      ...displayFacts(domain),
      ...profile.facts,
      ...agentFacts(parsed, other),
      ...systemVm(name, host.isCloudstack, parameters.systemVmName),
      ...Object.assign({}, ...learnt.map((part) => part.facts)),
      host: host.facts,
      parameters: settings,
    };
    return {
      ...common,
      facts,
      unknown: [
        ...copies(parsed),
        ...typeUnknowns(domain),
        ...agentStateUnknowns(parsed),
        ...agentUnknowns(other),
        ...learnt.flatMap((part) => part.unknown),
        ...sockets.unknown,
        ...interfaces.unknown,
        ...profile.unknown,
        ...host.unknown,
      ],
    };
  });
};

/** What came from libvirt itself: domains' origin is then its URI. */
const isOfLibvirt = ({ kind, origin }: Document): boolean =>
  kind === 'capabilities' || kind === 'version' || (kind === 'domain' && /^[a-z+]+:\/\//.test(origin));

/** The uuids of all domains that libvirt has; undefined where nobody asked it, since files may leave out some. */
const knownUuids = (
  domains: readonly ParsedDomain[],
  documents: readonly Document[],
): ReadonlySet<string> | undefined =>
  domains.length > 0 && documents.some(isOfLibvirt)
    ? new Set(domains.flatMap(({ uuid }) => (uuid === undefined ? [] : [uuid])))
    : undefined;

/** What an audit judges, and what of AppArmor the exporter tells. */
export interface Assembled {
  subjects: readonly Subject[];
  host: HostFacts;
  /** What is known of the target, where one was named. */
  offers?: Offers;
}

/**
 * The subjects that the documents tell of: every definition of every domain, and the host.
 *
 * @param now the time of the audit; without it what expires is unknown
 * @param memory what is known of the host from the last time
 * @param target the host that the domains are to run on next
 * @param unseen why the host's own evidence is not all there
 */
export const assemble = (
  domains: readonly ParsedDomain[],
  documents: readonly Document[],
  parameters: Parameters = defaultParameters,
  {
    now,
    memory = createHostMemory(),
    target,
    unseen,
  }: { now?: Date; memory?: HostMemory; target?: UpgradeTarget; unseen?: string | undefined } = {},
): Assembled => {
  const live = domains.flatMap(({ domain, definition }) => (domain && definition === 'live' ? [domain] : []));
  const host = hostFacts(documents, live, namedDirectories(domains), {
    parameters,
    uuids: knownUuids(domains, documents),
    use: domainUse(domains),
    stored: (tree) => storedPaths(domains, tree),
    ...(now === undefined ? {} : { now }),
    unseen,
    memory,
  });
  const offers = target === undefined ? undefined : offersOf(target);
  const onTarget =
    offers === undefined || target === undefined
      ? { facts: {}, unknown: [] }
      : hostOnTarget(domains, offers, target, host);
  const subject: Subject = {
    target: { kind: 'host', name: host.name },
    facts: {
      host: host.facts,
      parameters: { ...parameters },
      ...onTarget.facts,
    },
    unknown: [...host.unknown, ...onTarget.unknown],
  };
  const said = documents.filter(({ kind }) => kind === 'capabilities' || kind === 'version' || kind === 'agent');
  const from = [offers, host.tree, host.facts, host.unknown, parameters, ...said, ...domains];
  const ofDomains = memory.again('domains', from, () => {
    const made = domainSubjects(domains, host, parameters, agentProbes(documents), offers);
    // Not else: where nothing was asked, nothing is out of use.
    memory.endRound();
    return made;
  });
  return { subjects: [subject, ...ofDomains], host, ...(offers === undefined ? {} : { offers }) };
};
