import type { Policy } from '../../apparmor/index.ts';
import type { Document } from '../../model/document.ts';
import type { JsonObject } from '../../model/json.ts';
import { defaultParameters, type Parameters } from '../../model/parameters.ts';
import type { Unknown } from '../../model/subject.ts';
import { apparmorFacts } from './apparmor/apparmorFacts.ts';
import { type AppArmorState, apparmorState } from './apparmor/apparmorState.ts';
import type { Confinement } from './apparmor/confinement.ts';
import { denialFacts } from './apparmor/denials.ts';
import { policyFacts } from './apparmor/policyFacts.ts';
import { binderFacts } from './daemon/binderFacts.ts';
import { capabilitiesOf } from './daemon/capabilities.ts';
import { type Daemon, daemonOf } from './daemon/daemon.ts';
import { libvirtFacts } from './daemon/libvirtFacts.ts';
import { type Versions, versions } from './daemon/versions.ts';
import {
  cloudstackDirectory,
  libvirtDirectories,
  type SocketDirectory,
  socketDirectoryFacts,
} from './folders/socketDirectories.ts';
import { type SocketsPath, socketsPathOf } from './folders/socketsPath.ts';
import { createHostMemory, type HostMemory } from './hostMemory.ts';
import type { HostTree } from './hostTree.ts';
import type { Learnt } from './learnt.ts';
import { machineFacts } from './machine/machineFacts.ts';
import { systemFacts } from './machine/systemFacts.ts';
import { coreSize } from './qemu/coreSize.ts';
import { qemuConf } from './qemu/qemuConf.ts';
import { qemuFacts } from './qemu/qemuFacts.ts';
import { type QemuProcess, qemuProcesses } from './qemu/qemuProcesses.ts';
import { qemuTls } from './qemu/qemuTls.ts';

/** What is known of the host, for the rules (`facts`, `unknown`) and for the domains' own facts (the rest). */
export interface HostFacts {
  name: string;
  facts: JsonObject;
  unknown: readonly Unknown[];
  tree: HostTree;
  daemon: Daemon;
  versions: Versions;
  capabilities: ReturnType<typeof capabilitiesOf>;
  state: AppArmorState;
  confinement: Confinement;
  policy: Policy;
  isCloudstack: boolean;
  processes: ReadonlyMap<string, QemuProcess>;
  /** Every directory that sockets are made in. */
  directories: readonly SocketDirectory[];
}

/** The facts, of domains too, that hang on the host's evidence. */
const drawnFromHost = [
  '/host',
  '/profile',
  '/disks',
  '/files',
  '/helperPaths',
  '/filesystems',
  '/saved',
  '/snapshots',
  '/upgrade/managedSave',
  '/upgrade/snapshots',
  '/process',
  '/sockets',
];

const hostName = (tree: HostTree): string => {
  const known = tree.read('/etc/hostname');
  const name = known !== undefined && 'text' in known ? known.text.trim() : '';
  return name === '' ? 'localhost' : name;
};

/** Each directory once, with the sockets of all who name it; the first to name it keeps it. */
const distinct = (directories: readonly SocketDirectory[]): SocketDirectory[] => {
  // Thousands of domains have their sockets in one directory: samples are added to, not copied.
  const byPath = new Map<string, SocketDirectory & { samples: string[] }>();
  for (const directory of directories) {
    const known = byPath.get(directory.path);
    if (known === undefined) byPath.set(directory.path, { ...directory, samples: [...directory.samples] });
    else known.samples.push(...directory.samples);
  }
  return [...byPath.values()];
};

/** Every directory that sockets are made in: libvirt's own, CloudStack's, and those that domains name. */
export const socketDirectories = (
  cloudstack: SocketsPath | undefined,
  named: readonly SocketDirectory[],
): SocketDirectory[] => {
  const path = cloudstack !== undefined && 'path' in cloudstack ? [cloudstackDirectory(cloudstack.path)] : [];
  return distinct([...libvirtDirectories, ...path, ...named]);
};

/** What else the host's facts depend on. */
export interface HostContext {
  /** What the operator has set. */
  parameters?: Parameters;
  /** Those of all domains that libvirt has; left out where libvirt was not asked. */
  uuids?: ReadonlySet<string> | undefined;
  /** What of the host its domains make use of. */
  use?: Learnt;
  /** The paths that domains are stored at. */
  stored?: (tree: HostTree) => Iterable<string>;
  /** Why evidence of the host is not all there: what is not in it is then unknown, not absent. */
  unseen?: string | undefined;
  /** The time of the audit, for what expires. */
  now?: Date;
  /** What is known from the last time. */
  memory?: HostMemory;
}

/**
 * The host's facts from its documents.
 *
 * @param live the XML of running domains, which may prove the security driver active
 * @param named directories that domains put sockets in
 */
export const hostFacts = (
  documents: readonly Document[],
  live: readonly JsonObject[],
  named: readonly SocketDirectory[],
  {
    parameters = defaultParameters,
    uuids,
    use = { facts: {}, unknown: [] },
    stored = () => [],
    now,
    unseen,
    memory = createHostMemory(),
  }: HostContext = {},
): HostFacts => {
  const tree = memory.tree(documents);
  const daemon = daemonOf(tree);
  const installed = versions(documents, tree);
  const state = apparmorState(tree);
  const policy = memory.policy(tree);
  const confinement = memory.confinement(policy, state);
  const cloudstack = socketsPathOf(tree, parameters.socketsPath);
  const qemu = qemuFacts(tree);
  const cores = coreSize(tree, installed);
  const machine = machineFacts(tree, daemon, now, stored(tree));
  const apparmor = apparmorFacts(tree, state, policy, daemon);
  const capabilities = capabilitiesOf(documents);
  const libvirt = libvirtFacts(documents, live, tree, daemon, installed, capabilities);
  const system = systemFacts(tree, capabilities);
  const onDisk = policyFacts(tree, policy, state, daemon, installed, uuids, memory);
  const denied = denialFacts(tree, confinement, now);
  const directories = socketDirectories(cloudstack, named);
  const sockets = socketDirectoryFacts(directories, tree, confinement, daemon);
  const binder = binderFacts(installed, sockets.facts, qemu.facts.user);
  const unreadableAgent =
    cloudstack !== undefined && 'unreadable' in cloudstack
      ? // It may name one more directory than there are.
        ['/host/cloudstack', `/host/socketDirectories/${directories.length}`].map((at) => ({
          at,
          reason: cloudstack.unreadable,
        }))
      : [];
  return {
    name: hostName(tree),
    facts: memory.keep('facts', {
      ...system.facts,
      libvirt: { ...libvirt.facts, ...binder.facts },
      qemu: { ...qemu.facts, ...cores.facts, tls: qemuTls(tree), ...qemuConf(tree) },
      apparmor: { ...apparmor.facts, ...onDisk.facts, ...denied.facts },
      ...(cloudstack !== undefined && 'path' in cloudstack ? { cloudstack: { socketsPath: cloudstack.path } } : {}),
      socketDirectories: sockets.facts,
      ...machine.facts,
      ...use.facts,
    }),
    unknown: memory.keep('unknown', [
      ...(unseen === undefined ? [] : drawnFromHost.map((at) => ({ at, reason: unseen }))),
      ...system.unknown,
      ...libvirt.unknown,
      ...binder.unknown,
      ...qemu.unknown,
      ...cores.unknown,
      ...apparmor.unknown,
      ...onDisk.unknown,
      ...denied.unknown,
      ...unreadableAgent,
      ...sockets.unknown,
      ...machine.unknown,
      ...use.unknown,
    ]),
    tree,
    daemon,
    versions: installed,
    capabilities,
    state,
    confinement,
    policy,
    isCloudstack: cloudstack !== undefined,
    processes: qemuProcesses(tree),
    directories,
  };
};
