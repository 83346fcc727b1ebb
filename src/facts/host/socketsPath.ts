import { fromBytes } from '../../model/bytes.ts';
import type { HostTree } from './hostTree.ts';
import { parseProperties } from './properties.ts';

const agentProperties = '/etc/cloudstack/agent/agent.properties';

/** CloudStack's AgentProperties, `qemu.sockets.path`. */
const packagedDefault = '/var/lib/libvirt/qemu';

/** Where CloudStack's agent puts its Instances' sockets; undefined on a host without that agent. */
export const socketsPath = (tree: HostTree): { path: string } | { unreadable: string } | undefined => {
  const known = tree.read(agentProperties);
  if (known === undefined || 'unreadable' in known) return known;
  const path = parseProperties(fromBytes(known.text)).get('qemu.sockets.path');
  return { path: path === undefined || path === '' ? packagedDefault : path.replace(/(?<=.)\/+$/, '') };
};
