import type { HostDocument } from '../../model/document.ts';
import type { Source } from '../collect.ts';
import { checkRoot } from './checkRoot.ts';
import { packages } from './packages.ts';
import { processes } from './processes.ts';
import { createRootReader } from './rootReader.ts';

const files = ['/etc/hostname', '/etc/passwd', '/etc/group', '/etc/cloudstack/agent/agent.properties'];

/**
 * The host's configuration of libvirt and of CloudStack's agent, its users, its processes, and some directories.
 *
 * @param directories the paths whose owner and mode matter, given what has been read of the host until then
 */
export const host =
  (root: string, directories: (read: readonly HostDocument[]) => readonly string[]): Source =>
  (emit) => {
    checkRoot(root);
    const read: HostDocument[] = [];
    const reader = createRootReader(root, (document) => {
      read.push(document);
      emit(document);
    });
    for (const path of files) reader.look(path);
    for (const name of reader.names('/etc/libvirt')) if (name.endsWith('.conf')) reader.look(`/etc/libvirt/${name}`);
    const installed = packages(reader);
    if (installed !== undefined) emit(installed);
    processes(reader);
    for (const path of directories(read)) reader.look(path);
  };
