import type { Json, JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';

/** The name by which libvirt and qemu-ga find each other (libvirt's formatdomain, "Channel"; qemu-ga(8)). */
export const agentName = 'org.qemu.guest_agent.0';

/** A domain's channels, in the order of the XML. */
export const channelsOf = (domain: JsonObject): readonly JsonObject[] => {
  const channels: Json | undefined = valueAt(domain, '/devices/channel');
  return Array.isArray(channels) ? (channels as readonly JsonObject[]) : [];
};

/** The channel's target is a virtio port of the agent's name. */
export const isAgentChannel = (channel: JsonObject): boolean =>
  valueAt(channel, '/target/@type') === 'virtio' && valueAt(channel, '/target/@name') === agentName;
