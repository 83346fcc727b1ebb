import type { Unknown } from '../../../model/subject.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import { channelsOf, isAgentChannel } from './channels.ts';

/**
 * Whether a guest listens on a channel is `target/@state`, which only a running domain has and only since libvirt
 * 1.2.11 with QEMU's port events (formatdomain). Where it is missing nothing is known, which is not "disconnected".
 */
export const agentStateUnknowns = ({ domain, definition, state }: ParsedDomain): Unknown[] =>
  domain === undefined || definition !== 'live' || state !== 'running'
    ? []
    : channelsOf(domain).flatMap((channel, index) =>
        isAgentChannel(channel) && !('@state' in (channel.target as object))
          ? [
              {
                at: `/domain/devices/channel/${index}/target/@state`,
                reason: 'libvirt does not report whether the agent’s channel is connected',
              },
            ]
          : [],
      );
