import { proveOverride } from '../../apparmor/index.ts';
import { apparmorState } from '../host/apparmorState.ts';
import { createConfinement } from '../host/confinement.ts';
import { daemonOf } from '../host/daemon.ts';
import type { HostTree } from '../host/hostTree.ts';
import { policyBase } from '../host/libvirtProfiles.ts';
import { type SocketDirectory, socketDirectoryFacts } from '../host/socketDirectories.ts';
import type { AskSockets } from './policyOnTarget.ts';

/**
 * `socketDirectories`: those of this host in which the target's daemon may not make sockets, as this host's own are judged.
 * What the target's kernel has loaded was another policy, so what the files say counts.
 */
export const socketsOnTarget =
  (target: HostTree, here: HostTree, directories: readonly SocketDirectory[]): AskSockets =>
  (source, policy) => {
    const { enabled, why } = apparmorState(target);
    const confinement = createConfinement(policy, { enabled, loaded: undefined, why }, (profile, wanted) =>
      proveOverride(source, policyBase, profile, wanted),
    );
    const { facts, unknown } = socketDirectoryFacts(directories, here, confinement, daemonOf(target));
    return {
      facts: {
        socketDirectories: facts.map(({ path, denied }) => ({
          path: path ?? '',
          ...(denied === undefined ? {} : { denied }),
        })),
      },
      unknown: unknown
        .filter(({ at }) => at.endsWith('/denied'))
        .map(({ at, reason }) => ({ at: at.replace(/^\/host/, ''), reason })),
    };
  };
