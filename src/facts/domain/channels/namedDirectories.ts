import { posix } from 'node:path';
import { remembered } from '../../../model/remembered.ts';
import type { SocketDirectory } from '../../host/folders/socketDirectories.ts';
import type { ParsedDomain } from '../parsedDomain.ts';
import { channelSockets } from './socketPaths.ts';

/** Where libvirt itself makes a directory for each running domain, and removes it again. */
const madeByLibvirt = /^(\/var)?(\/run|\/var\/lib)\/libvirt\/qemu\/channel\//;

/** The directories of the paths that domains give their sockets, with those paths. */
const directoriesNamedBy = remembered((parsed: ParsedDomain): readonly SocketDirectory[] =>
  channelSockets(parsed).flatMap(({ path, mode }) =>
    mode === 'bind' && path?.startsWith('/') && !madeByLibvirt.test(path)
      ? [{ path: posix.dirname(path), usedBy: parsed.name, samples: [path], required: true }]
      : [],
  ),
);

export const namedDirectories = (domains: readonly ParsedDomain[]): SocketDirectory[] =>
  domains.flatMap(directoriesNamedBy);
