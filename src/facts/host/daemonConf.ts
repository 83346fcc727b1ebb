import type { Unknown } from '../../model/subject.ts';
import type { Daemon } from './daemon.ts';
import type { HostTree } from './hostTree.ts';
import type { Learnt } from './learnt.ts';
import { namedSettings, type SettingShape } from './namedSettings.ts';

/** The settings that rules read, as libvirtd.conf's own comments describe them. */
const shapes: Readonly<Record<string, SettingShape>> = {
  auth_unix_rw: 'value',
  audit_level: 'value',
  log_level: 'value',
  log_filters: 'value',
};

/** The read-write sockets, by daemon (libvirt's daemons.rst). */
const sockets = { libvirtd: '/run/libvirt/libvirt-sock', virtqemud: '/run/libvirt/virtqemud-sock' } as const;

/**
 * `host.daemon`: what the daemon's own configuration file sets, under its names, and the permission bits of the socket
 * through which the host's users manage domains. With systemd's sockets the unit decides these, without them the file.
 */
export const daemonConf = (tree: HostTree, { name }: Daemon): Learnt => {
  const conf = `/etc/libvirt/${name}.conf`;
  const known = tree.read(conf);
  const path = sockets[name];
  const socket = tree.read(path);
  const settings = namedSettings(tree, conf, shapes);
  const unknown: Unknown[] = [];
  if (known !== undefined && 'unreadable' in known) {
    for (const setting of ['conf', ...Object.keys(shapes)]) {
      unknown.push({ at: `/host/daemon/${setting}`, reason: known.unreadable });
    }
  }
  const mode = socket !== undefined && !('unreadable' in socket) ? socket.mode : undefined;
  if (mode === undefined) {
    const none = `${path} is not there: ${name} does not run, or this is not the root that it runs in`;
    const reason = socket !== undefined && 'unreadable' in socket ? socket.unreadable : none;
    unknown.push({ at: '/host/daemon/socket', reason });
  }
  return {
    facts: {
      daemon: {
        ...(settings === undefined ? {} : { conf, ...settings }),
        ...(mode === undefined ? {} : { socket: { path, mode: mode.toString(8) } }),
      },
    },
    unknown,
  };
};
