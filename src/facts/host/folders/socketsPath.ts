import { fromBytes } from '../../../model/bytes.ts';
import type { HostTree } from '../hostTree.ts';
import { parseProperties } from './properties.ts';

const agentProperties = '/etc/cloudstack/agent/agent.properties';

/** CloudStack's AgentProperties, `qemu.sockets.path`. */
const packagedDefault = '/var/lib/libvirt/qemu';

/** A folder, or why it is not known. */
export type SocketsPath = { path: string } | { unreadable: string };

/**
 * Where CloudStack's agent puts its Instances' sockets; undefined on a host without that agent.
 *
 * @param given the operator's own word, which counts more
 */
export const socketsPathOf = (tree: HostTree, given?: string): SocketsPath | undefined => {
  if (given !== undefined) return { path: given.replace(/(?<=.)\/+$/, '') };
  const known = tree.read(agentProperties);
  if (known === undefined || 'unreadable' in known) return known;
  const path = parseProperties(fromBytes(known.text)).get('qemu.sockets.path');
  return { path: path === undefined || path === '' ? packagedDefault : path.replace(/(?<=.)\/+$/, '') };
};
