import { posix } from 'node:path';
import type { JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import { remembered } from '../../../model/remembered.ts';
import { isAtLeast } from '../../host/daemon/versions.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import { channelsOf } from './channels.ts';

/** A channel over a Unix socket. */
export interface ChannelSocket {
  /** Place of the channel in the domain's XML. */
  index: number;
  name?: string;
  /** `bind`: the host side listens and QEMU's guest connects through it; `connect`: QEMU connects to who listens. */
  mode: 'bind' | 'connect';
  /** The path in the XML; absent where libvirt is to choose one. */
  path?: string;
}

const text = (channel: JsonObject, pointer: string): string | undefined => {
  const value = valueAt(channel, pointer);
  return typeof value === 'string' ? value : undefined;
};

/** The Unix sockets of a domain's channels (formatdomain: mode is bind when left out). */
export const channelSockets = remembered(({ domain }: ParsedDomain): readonly ChannelSocket[] =>
  channelsOf(domain ?? {}).flatMap((channel, index): ChannelSocket[] => {
    if (channel['@type'] !== 'unix') return [];
    const name = text(channel, '/target/@name');
    const path = text(channel, '/source/@path');
    return [
      {
        index,
        mode: text(channel, '/source/@mode') === 'connect' ? 'connect' : 'bind',
        ...(name === undefined ? {} : { name }),
        ...(path === undefined || path === '' ? {} : { path }),
      },
    ];
  }),
);

/** Where libvirt made sockets up to 9.6. */
const older = '/var/lib/libvirt/qemu/channel/target';

const newer = '/run/libvirt/qemu/channel';

/** libvirt cuts a domain's name so that the socket's path stays short (virDomainDefGetShortName). */
const shortNameLength = 20;

/**
 * Where libvirt will put the socket of a channel without a path when the domain starts. The domain's number is not
 * known before, so 1 stands for it. The place moved in 9.7.0; where the version is unknown, both are given.
 */
export const automaticPaths = (domain: string, target: string, libvirt: string | undefined): string[] => {
  const short = [...domain].slice(0, shortNameLength).join('');
  const before = posix.join(older, `domain-1-${short}`, target);
  const since = posix.join(newer, `1-${short}`, target);
  if (libvirt === undefined) return [before, since];
  return isAtLeast(libvirt, 9, 7) ? [since] : [before];
};

/** What a path has below libvirt's folder of channels, old or new. */
const belowFolder = /^(?:\/var\/lib|(?:\/var)?\/run)\/libvirt\/qemu\/channel\/(?:target\/)?(.*)$/s;

/** Since 10.0.0: exactly as some libvirt has made paths, for this target. */
const isMadeFor = (path: string, target: string): boolean => {
  const below = belowFolder.exec(path)?.[1];
  if (below === undefined || !below.endsWith(target)) return false;
  return /^(?:[^/]+\.|domain-[^/]+\/|[0-9]+-[^/]+\/)$/.test(below.slice(0, below.length - target.length));
};

/** Up to 9.6: below the folder, a name with a dot in it; and anywhere, a folder named as libvirt names a domain's. */
const mayBeMadeFor = (path: string, target: string): boolean => {
  if (path.startsWith(`${older}/`) && /^[^/]+\./.test(path.slice(older.length + 1))) return true;
  if (!path.endsWith(`/${target}`)) return false;
  const folder = path.slice(0, path.length - target.length - 1);
  // Not by one expression with its end in it, which goes through a long name again from each `domain-`.
  return /domain-./s.test(folder.slice(folder.lastIndexOf('/') + 1));
};

/**
 * Whether libvirt takes a path for one that it made itself, and drops it from what it is given (qemuDomainChrDefDropDefaultPath),
 * so that the socket is then elsewhere than whoever connects to it thinks. Up to 9.6 it drops more than it ever made (seen
 * with 9.0.0); from 9.7 until 10.0.0 more still (its NEWS), so whatever either would.
 * Where the version is not known, it may.
 */
export const looksGenerated = (path: string, target: string, libvirt: string | undefined): boolean => {
  if (libvirt !== undefined && isAtLeast(libvirt, 10, 0)) return isMadeFor(path, target);
  if (libvirt !== undefined && !isAtLeast(libvirt, 9, 7)) return mayBeMadeFor(path, target);
  return isMadeFor(path, target) || mayBeMadeFor(path, target);
};

/**
 * Where this libvirt makes the sockets of channels, if a running domain's is where only an older one made it (9.7.0, "NEWS");
 * `unknown` where that hangs on the version.
 */
export const movedTo = (path: string, target: string, libvirt: string | undefined): string | undefined => {
  if (!path.startsWith(`${older}/`) || !looksGenerated(path, target, libvirt)) return undefined;
  if (libvirt === undefined) return 'unknown';
  return isAtLeast(libvirt, 9, 7) ? newer : undefined;
};
