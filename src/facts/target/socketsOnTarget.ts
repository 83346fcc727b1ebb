import { proveOverride } from '../../apparmor/index.ts';
import { apparmorState } from '../host/apparmor/apparmorState.ts';
import { createConfinement } from '../host/apparmor/confinement.ts';
import { policyBase } from '../host/apparmor/libvirtProfiles.ts';
import { daemonOf } from '../host/daemon/daemon.ts';
import { type SocketDirectory, socketDirectoryFacts } from '../host/folders/socketDirectories.ts';
import type { HostTree } from '../host/hostTree.ts';
import type { AskSockets } from './policyOnTarget.ts';

/**
 * `socketDirectories`: those of this host in which the target's daemon may not make sockets, as this host's own are judged.
 * What the target's kernel has loaded was another policy, so what the files say counts. AppArmor is off after the upgrade
 * only where it is known to be off on both: a target may be a machine to try things on, and this host's kernel goes on.
 *
 * @param hidden why there may be more of them
 */
export const socketsOnTarget =
  (target: HostTree, here: HostTree, directories: readonly SocketDirectory[], hidden?: string): AskSockets =>
  (source, policy) => {
    const isOff = [target, here].every((tree) => apparmorState(tree).enabled === false);
    const state = { enabled: isOff ? false : undefined, loaded: undefined, why: '' };
    const confinement = createConfinement(policy, state, (profile, wanted) =>
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
      unknown: [
        ...(hidden === undefined ? [] : [{ at: `/socketDirectories/${directories.length}`, reason: hidden }]),
        ...unknown
          .filter(({ at }) => at.endsWith('/denied'))
          .map(({ at, reason }) => ({ at: at.replace(/^\/host/, ''), reason })),
      ],
    };
  };
