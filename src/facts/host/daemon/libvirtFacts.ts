import type { Document } from '../../../model/document.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { unreadableAs } from '../unreadable.ts';
import type { Capabilities } from './capabilities.ts';
import type { Daemon } from './daemon.ts';
import { secmodels } from './secmodels.ts';
import { noVersion, type Versions } from './versions.ts';

/** `host.libvirt`: the daemon, what it was started with, and what it says of itself. */
export const libvirtFacts = (
  documents: readonly Document[],
  live: readonly JsonObject[],
  tree: HostTree,
  daemon: Daemon,
  versions: Versions,
  capabilities: { known: Capabilities } | { unknown: string },
): Learnt => {
  const models = secmodels(documents, live);
  const noProcesses = 'the host root holds no processes (/proc); audit the running host to learn them';
  return {
    facts: {
      ...versions,
      daemon: daemon.name,
      ...(daemon.arguments === undefined ? {} : { arguments: daemon.arguments }),
      ...('models' in models ? { secmodels: models.models } : {}),
      ...('known' in capabilities ? { externalSnapshot: capabilities.known.externalSnapshot } : {}),
    },
    unknown: [
      ...('unknown' in models ? [{ at: '/host/libvirt/secmodels', reason: models.unknown }] : []),
      ...(versions.libvirt === undefined ? [{ at: '/host/libvirt/libvirt', reason: noVersion }] : []),
      ...(daemon.hidden === undefined
        ? []
        : ['daemon', 'arguments'].map((fact) => ({ at: `/host/libvirt/${fact}`, reason: daemon.hidden ?? '' }))),
      ...(daemon.pid === undefined
        ? []
        : unreadableAs(tree, [`/proc/${daemon.pid}/cmdline`], '/host/libvirt/arguments')),
      ...(tree.list('/proc') === undefined ? [{ at: '/host/libvirt/arguments', reason: noProcesses }] : []),
      ...('unknown' in capabilities ? [{ at: '/host/libvirt/externalSnapshot', reason: capabilities.unknown }] : []),
    ],
  };
};
