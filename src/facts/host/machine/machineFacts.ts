import { certificates } from '../daemon/certificates.ts';
import type { Daemon } from '../daemon/daemon.ts';
import { daemonConf } from '../daemon/daemonConf.ts';
import { daemonSockets } from '../daemon/daemonSockets.ts';
import { hookScripts } from '../daemon/hookScripts.ts';
import { remoteAccess } from '../daemon/remoteAccess.ts';
import { virtlogdConf } from '../daemon/virtlogdConf.ts';
import { stateDirectories } from '../folders/stateDirectories.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { cgroupFacts } from './cgroups.ts';
import { cpuFacts } from './cpuFacts.ts';
import { deviceFacts } from './devices.ts';
import { kernelSwitches } from './kernelSwitches.ts';
import { services } from './services.ts';

/**
 * What of the machine and its configuration QEMU and libvirt rest on, beside AppArmor.
 *
 * @param now the time of the audit, for what expires
 * @param stored paths that domains are stored at
 */
export const machineFacts = (
  tree: HostTree,
  daemon: Daemon,
  now: Date | undefined,
  stored: Iterable<string> = [],
): Learnt => {
  const remote = remoteAccess(tree, daemon);
  const parts = [
    daemonConf(tree, daemon),
    daemonSockets(tree, daemon),
    virtlogdConf(tree),
    remote,
    services(tree),
    deviceFacts(tree),
    cgroupFacts(tree),
    cpuFacts(tree),
    kernelSwitches(tree),
    hookScripts(tree),
    stateDirectories(tree, stored),
    certificates(tree, daemon, remote, now),
  ];
  return {
    facts: Object.assign({}, ...parts.map(({ facts }) => facts)),
    unknown: parts.flatMap(({ unknown }) => unknown),
  };
};
