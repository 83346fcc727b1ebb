import type { JsonObject } from '../../../model/json.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { type UnitFile, unitFile } from '../machine/unitFile.ts';
import { unitsOf } from '../machine/units.ts';
import { unreadableAs } from '../unreadable.ts';
import type { Daemon } from './daemon.ts';
import { argumentFiles, daemonArguments } from './daemonArguments.ts';
import { listening } from './listening.ts';
import { namedSettings } from './namedSettings.ts';

/** libvirt's own ports, which the packaged socket units have (libvirt's remote.rst). */
const ports = { tcp: 16509, tls: 16514 } as const;
const transports = ['tcp', 'tls'] as const;

const servers = ['libvirtd', 'virtproxyd'] as const;
type Server = (typeof servers)[number];

/** libvirtd(8): `-l`, `--listen`; `-d` and `-v` may be written together with it. */
const isListen = (argument: string): boolean => /^(--listen|-[dv]*l[dv]*)$/.test(argument);

/** Whether libvirtd opens its network ports itself; what runs counts more than what would be started. */
const listensItself = (tree: HostTree, { name, pid }: Daemon, unit: UnitFile): boolean => {
  if (name !== 'libvirtd') return false;
  const running = pid === undefined ? undefined : tree.read(`/proc/${pid}/cmdline`);
  const given = running !== undefined && 'text' in running ? running.text.split('\0') : daemonArguments(tree, unit);
  return given.some(isListen);
};

/** systemd.unit(5): what starts another unit together with this one. */
const wantedBy = (unit: UnitFile): ReadonlySet<string> =>
  new Set(
    ['Wants', 'Requires', 'BindsTo', 'Upholds'].flatMap((setting) =>
      unit.values(setting).flatMap((value) => value.split(/\s+/)),
    ),
  );

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
 * (libvirtd.conf; libvirt's remote.rst). Of a running host the kernel tells whatever else has opened libvirt's ports.
 */
export const remoteAccess = (tree: HostTree, daemon: Daemon): Learnt => {
  const units = unitsOf(tree);
  const open = listening(tree);
  const files = { libvirtd: unitFile(tree, 'libvirtd.service'), virtproxyd: unitFile(tree, 'virtproxyd.service') };
  const hasLibvirt = tree.list('/etc/libvirt') !== undefined;
  // Those of the network come in through the daemon that drives QEMU, or the proxy before it.
  const mine: Server = daemon.name === 'libvirtd' ? 'libvirtd' : 'virtproxyd';
  const remote = servers.flatMap((server) => {
    const settings = settingsOf(tree, `/etc/libvirt/${server}.conf`);
    const together = wantedBy(files[server]);
    return transports.flatMap((transport): JsonObject[] => {
      const unit = `${server}-${transport}.socket`;
      // listen_tls is on where it is left out, listen_tcp off.
      const wanted = (settings[`listen_${transport}`] ?? (transport === 'tls' ? 1 : 0)) === 1;
      const byUnit = units.isWanted(unit) || (together.has(unit) && !units.isMasked(unit));
      const byItself = server === 'libvirtd' && wanted && listensItself(tree, daemon, files.libvirtd);
      const isOpen = hasLibvirt && server === mine && open.ports.has(ports[transport]);
      if (!byUnit && !byItself && !isOpen) return [];
      return [
        {
          transport,
          by: byUnit ? unit : byItself ? 'libvirtd --listen' : `port ${ports[transport]}`,
          auth: settings[`auth_${transport}`] ?? (transport === 'tcp' ? 'sasl' : 'none'),
          ...(transport === 'tls' ? { verifiesClients: settings.tls_no_verify_certificate !== 1 } : {}),
        },
      ];
    });
  });
  const read = [...servers.map((server) => `/etc/libvirt/${server}.conf`), ...argumentFiles].flatMap((path) =>
    unreadableAs(tree, [path], ''),
  );
  const running = daemon.pid === undefined ? [] : unreadableAs(tree, [`/proc/${daemon.pid}/cmdline`], '');
  const reasons = [
    ...[...read, ...running].map(({ reason }) => reason),
    ...[
      daemon.hidden,
      units.unreadable,
      open.unreadable,
      files.libvirtd.unreadable,
      files.virtproxyd.unreadable,
    ].filter((reason) => reason !== undefined),
  ];
  return { facts: { remote }, unknown: reasons.slice(0, 1).map((reason) => ({ at: '/host/remote', reason })) };
};
