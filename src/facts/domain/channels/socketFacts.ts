import { posix } from 'node:path';
import type { Access } from '../../../apparmor/index.ts';
import type { Json } from '../../../model/json.ts';
import type { Unknown } from '../../../model/subject.ts';
import { profileNames } from '../../host/apparmor/apparmorFacts.ts';
import { type Permission, worstOf } from '../../host/apparmor/confinement.ts';
import { type Binder, socketBinder } from '../../host/daemon/socketBinder.ts';
import { noVersion } from '../../host/daemon/versions.ts';
import type { HostFacts } from '../../host/hostFacts.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import type { OtherUsers } from '../unreadDomains.ts';
import { automaticPaths, type ChannelSocket, channelSockets, looksGenerated, movedTo } from './socketPaths.ts';

/** Creating a socket needs `w` (mknod and bind ask for create); connecting to one needs `rw`. */
const accesses = (mode: 'bind' | 'connect'): readonly Access[] => (mode === 'connect' ? ['r', 'w'] : ['w']);

/** What the two profiles say that may matter: the daemon's, and the domain's own. */
interface Permissions {
  daemon: Permission;
  domain: Permission;
}

const permissionsOf = (
  { mode }: ChannelSocket,
  { uuid }: ParsedDomain,
  { confinement, tree, daemon }: HostFacts,
  paths: readonly string[],
): Permissions => {
  const ask = (profiles: readonly string[]) =>
    worstOf(paths.map((path) => confinement.permits(profiles, tree.realpath(path), accesses(mode))));
  return { daemon: ask(profileNames(daemon.name)), domain: ask(uuid === undefined ? [] : [`libvirt-${uuid}`]) };
};

/** What counts: the profile of whoever creates the socket. */
const decisive = (binder: Binder, { daemon, domain }: Permissions): Permission => {
  if (binder === 'daemon') return daemon;
  if (binder === 'qemu') return domain;
  if (daemon.kind === domain.kind) return daemon;
  const why =
    'libvirt’s version is unknown, so whether the daemon or QEMU makes the socket; virsh version --daemon tells';
  return { kind: 'unknown', why };
};

/** A socket address holds 108 bytes, and the last of them ends the path (unix(7)). */
const longest = 107;

/** How long the path is; of the two that libvirt may choose, undefined where only one fits. */
const bytesOf = (paths: readonly string[]): number | undefined => {
  const lengths = paths.map((path) => Buffer.byteLength(path));
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
  return most <= longest ? most : least > longest ? least : undefined;
};

/**
 * `sockets`: each channel's socket, who makes it and whether AppArmor lets them.
 *
 * @param others domains that listen on a path too
 * @param managed whether somebody keeps a directory for sockets; text says why that is unknown
 */
export const socketFacts = (
  parsed: ParsedDomain,
  host: HostFacts,
  others: OtherUsers<string>,
  managed: (directory: string) => boolean | string,
): { facts: readonly Json[]; unknown: readonly Unknown[] } => {
  const unknown: Unknown[] = [];
  const facts = channelSockets(parsed).map((socket, index): Json => {
    const { path, name, mode } = socket;
    const paths =
      path === undefined ? automaticPaths(parsed.name, name ?? 'unknown.sock', host.versions.libvirt) : [path];
    const binder = mode === 'connect' ? 'qemu' : socketBinder(host.versions);
    const permissions = permissionsOf(socket, parsed, host, paths);
    const permission = decisive(binder, permissions);
    if (permission.kind === 'unknown') unknown.push({ at: `/sockets/${index}/denied`, reason: permission.why });
    const kept = path === undefined ? undefined : managed(posix.dirname(path));
    if (typeof kept === 'string') unknown.push({ at: `/sockets/${index}/managed`, reason: kept });
    // To connect to a socket that another made is what connecting is for.
    const listensAt = mode === 'connect' ? undefined : path;
    const sharedWith = listensAt === undefined ? [] : others.of(listensAt);
    if (listensAt !== undefined && sharedWith.length === 0 && others.unread !== undefined) {
      unknown.push({ at: `/sockets/${index}/sharedWith`, reason: others.unread });
    }
    const { libvirt } = host.versions;
    // What runs has its path from libvirt.
    const given = parsed.definition === 'config' && path !== undefined && name !== undefined;
    const generated = given && looksGenerated(path, name, libvirt);
    const moved =
      parsed.definition === 'live' && name !== undefined ? movedTo(listensAt ?? '', name, libvirt) : undefined;
    if (moved === 'unknown') unknown.push({ at: `/sockets/${index}/movedTo`, reason: noVersion });
    const bytes = bytesOf(paths);
    if (bytes === undefined) unknown.push({ at: `/sockets/${index}/bytes`, reason: noVersion });
    if (generated && libvirt === undefined) unknown.push({ at: `/sockets/${index}/dropped`, reason: noVersion });
    return {
      channel: socket.index,
      mode,
      binder,
      daemonProfile: permissions.daemon.kind,
      domainProfile: permissions.domain.kind,
      ...(name === undefined ? {} : { name }),
      ...(path === undefined ? { automatic: true } : { path, directory: posix.dirname(path) }),
      ...(bytes === undefined ? {} : { bytes }),
      ...(typeof kept === 'boolean' ? { managed: kept } : {}),
      ...(generated && libvirt !== undefined ? { dropped: true } : {}),
      ...(moved === undefined || moved === 'unknown' ? {} : { movedTo: moved }),
      ...(sharedWith.length === 0 ? {} : { sharedWith }),
      ...(permission.kind === 'denied' ? { denied: permission.why } : {}),
    };
  });
  return { facts, unknown };
};
