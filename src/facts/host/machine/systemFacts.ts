import type { Capabilities } from '../daemon/capabilities.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { presenceOf } from '../presence.ts';

/** Made by Debian's and Ubuntu's packages when what they replaced is still running (update-notifier-common). */
const rebootRequired = '/run/reboot-required';

/** `host.arch` and `host.rebootRequired`: of the operating system below libvirt. */
export const systemFacts = (tree: HostTree, capabilities: { known: Capabilities } | { unknown: string }): Learnt => {
  const presence = presenceOf(tree, rebootRequired);
  const arch = 'known' in capabilities ? capabilities.known.arch : undefined;
  const noArch = 'unknown' in capabilities ? capabilities.unknown : 'the daemon’s capabilities name no architecture';
  return {
    facts: {
      ...(arch === undefined ? {} : { arch }),
      ...(presence.is === 'unknown' ? {} : { rebootRequired: presence.is === 'present' }),
    },
    unknown: [
      ...(arch === undefined ? [{ at: '/host/arch', reason: noArch }] : []),
      ...(presence.is === 'unknown' ? [{ at: '/host/rebootRequired', reason: presence.why }] : []),
    ],
  };
};
