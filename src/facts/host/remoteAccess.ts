import type { JsonObject } from '../../model/json.ts';
import type { Daemon } from './daemon.ts';
import type { HostTree } from './hostTree.ts';
import type { Learnt } from './learnt.ts';
import { namedSettings } from './namedSettings.ts';
import { unitsOf } from './units.ts';
import { unreadableAs } from './unreadable.ts';

const transports = ['tcp', 'tls'] as const;

/** Where distributions keep the arguments of libvirtd's unit: Debian and Ubuntu, then the others. */
const argumentFiles = ['/etc/default/libvirtd', '/etc/sysconfig/libvirtd'];

/** libvirtd(8): `-l`, `--listen`; `-d` and `-v` may be written together with it. */
const isListen = (argument: string): boolean => /^(--listen|-[dv]*l[dv]*)$/.test(argument);

const configuredArguments = (tree: HostTree): string[] =>
  argumentFiles.flatMap((path) => {
    const known = tree.read(path);
    const text = known !== undefined && 'text' in known ? known.text : '';
    return (/^\s*LIBVIRTD_ARGS=(["']?)(.*?)\1\s*$/m.exec(text)?.[2] ?? '').split(/\s+/);
  });

/** Whether libvirtd opens its network ports itself; what runs counts more than what would be started. */
const listensItself = (tree: HostTree, { name, pid }: Daemon): boolean => {
  if (name !== 'libvirtd') return false;
  const running = pid === undefined ? undefined : tree.read(`/proc/${pid}/cmdline`);
  const words = running !== undefined && 'text' in running ? running.text.split('\0') : configuredArguments(tree);
  return words.some(isListen);
};

const settingsOf = (tree: HostTree, conf: string): JsonObject =>
  namedSettings(tree, conf, {
    listen_tcp: 'value',
    listen_tls: 'value',
    auth_tcp: 'value',
    auth_tls: 'value',
    tls_no_verify_certificate: 'value',
  }) ?? {};

/**
 * `host.remote`: the ways in which the daemons take connections from the network, read-write. Under systemd's sockets
 * `listen_tcp` and `listen_tls` count for nothing and the enabled socket units tell; else libvirtd needs `--listen` as well
 * (libvirtd.conf; libvirt's remote.rst).
 */
export const remoteAccess = (tree: HostTree, daemon: Daemon): Learnt => {
  const units = unitsOf(tree);
  const servers = ['libvirtd', 'virtproxyd'] as const;
  const hidden = [
    ...servers.map((server) => tree.read(`/etc/libvirt/${server}.conf`)),
    ...argumentFiles.map((path) => tree.read(path)),
  ].flatMap((known) => (known !== undefined && 'unreadable' in known ? [known.unreadable] : []));
  const remote = servers.flatMap((server) => {
    const conf = `/etc/libvirt/${server}.conf`;
    const settings = settingsOf(tree, conf);
    return transports.flatMap((transport): JsonObject[] => {
      const unit = `${server}-${transport}.socket`;
      // listen_tls is on where it is left out, listen_tcp off.
      const wanted = (settings[`listen_${transport}`] ?? (transport === 'tls' ? 1 : 0)) === 1;
      const byItself = server === 'libvirtd' && wanted && listensItself(tree, daemon);
      if (!units.isEnabled(unit) && !byItself) return [];
      return [
        {
          transport,
          by: units.isEnabled(unit) ? unit : 'libvirtd --listen',
          auth: settings[`auth_${transport}`] ?? (transport === 'tcp' ? 'sasl' : 'none'),
          ...(transport === 'tls' ? { verifiesClients: settings.tls_no_verify_certificate !== 1 } : {}),
        },
      ];
    });
  });
  const running = daemon.pid === undefined ? [] : unreadableAs(tree, [`/proc/${daemon.pid}/cmdline`], '');
  const reasons = [
    ...hidden,
    ...(daemon.hidden === undefined ? [] : [daemon.hidden]),
    ...running.map(({ reason }) => reason),
    ...(units.unreadable === undefined ? [] : [units.unreadable]),
  ];
  return { facts: { remote }, unknown: reasons.slice(0, 1).map((reason) => ({ at: '/host/remote', reason })) };
};
