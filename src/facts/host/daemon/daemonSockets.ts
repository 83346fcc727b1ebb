import type { JsonObject } from '../../../model/json.ts';
import type { Unknown } from '../../../model/subject.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import type { Daemon } from './daemon.ts';
import { namedSettings } from './namedSettings.ts';

/** The modular daemons that run as root and serve clients, each with a file and a socket of its own (libvirt's daemons.rst). */
const modular = [
  'virtqemud',
  'virtproxyd',
  'virtinterfaced',
  'virtlxcd',
  'virtnetworkd',
  'virtnodedevd',
  'virtnwfilterd',
  'virtsecretd',
  'virtstoraged',
  'virtvboxd',
  'virtxend',
];

/** Of the monolithic daemon and of the proxy, which stands in for it, the socket has an older name. */
const socketOf = (name: string): string =>
  `/run/libvirt/${name === 'libvirtd' || name === 'virtproxyd' ? 'libvirt' : name}-sock`;

/**
 * `host.daemonSockets`: each daemon's read-write socket, its permission bits, and how clients there say who they are. With
 * systemd's sockets the unit decides these, without them the file.
 */
export const daemonSockets = (tree: HostTree, { name: main, uncertain }: Daemon): Learnt => {
  const sockets: JsonObject[] = [];
  const unknown: Unknown[] = uncertain === undefined ? [] : [{ at: '/host/daemonSockets', reason: uncertain }];
  for (const name of main === 'libvirtd' ? [main] : modular) {
    const conf = `/etc/libvirt/${name}.conf`;
    const known = tree.read(conf);
    const path = socketOf(name);
    const socket = tree.read(path);
    // One without a file has libvirt's defaults, which ask; one without a socket, beside others, does not run.
    if (known === undefined || (name !== main && socket === undefined && tree.list('/run/libvirt') !== undefined)) {
      continue;
    }
    const at = `/host/daemonSockets/${sockets.length}`;
    if ('unreadable' in known) unknown.push({ at: `${at}/auth_unix_rw`, reason: known.unreadable });
    const settings = namedSettings(tree, conf, { auth_unix_rw: 'value' }) ?? {};
    const mode = socket !== undefined && !('unreadable' in socket) ? socket.mode : undefined;
    // Of those that ask, nobody needs to know it.
    if (mode === undefined && ('unreadable' in known || settings.auth_unix_rw === 'none')) {
      const none = `${path} is not there: ${name} does not run, or this is not the root that it runs in`;
      const reason = socket !== undefined && 'unreadable' in socket ? socket.unreadable : none;
      unknown.push({ at: `${at}/mode`, reason });
    }
    sockets.push({ path, conf, ...settings, ...(mode === undefined ? {} : { mode: mode.toString(8) }) });
  }
  return { facts: { daemonSockets: sockets }, unknown };
};
