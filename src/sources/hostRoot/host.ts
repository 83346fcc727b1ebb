import type { HostDocument } from '../../model/document.ts';
import type { Source } from '../collect.ts';
import { checkRoot } from './checkRoot.ts';
import type { FileCache } from './fileCache.ts';
import { machine } from './machine.ts';
import { packages } from './packages.ts';
import { processes } from './processes.ts';
import { createRootReader } from './rootReader.ts';
import { savedStates } from './savedStates.ts';

const wanted = ['/etc/hostname', '/etc/passwd', '/etc/group', '/etc/cloudstack/agent/agent.properties'];

/**
 * The host's configuration of libvirt and of CloudStack's agent, its users, its processes, the machine, what libvirt keeps
 * of domains' states, and whether some paths exist.
 *
 * @param paths the paths of which it matters what is there, not what is in it, given what has been read until then
 * @param domains is waited for before `paths` is asked
 */
export const host =
  (
    root: string,
    paths: (read: readonly HostDocument[]) => readonly string[],
    files?: FileCache,
    domains: Promise<unknown> = Promise.resolve(),
  ): Source =>
  async (emit, wait) => {
    checkRoot(root);
    const read: HostDocument[] = [];
    const reader = createRootReader(
      root,
      (document) => {
        read.push(document);
        emit(document);
      },
      files,
    );
    for (const path of wanted) reader.look(path);
    for (const name of reader.names('/etc/libvirt')) if (name.endsWith('.conf')) reader.look(`/etc/libvirt/${name}`);
    const installed = packages(reader);
    if (installed !== undefined) emit(installed);
    processes(reader);
    for (const document of machine(reader)) emit(document);
    savedStates(reader);
    // Debian's and Ubuntu's packages leave it for needrestart, unattended-upgrades and people.
    reader.note('/run/reboot-required');
    await wait(domains);
    for (const path of paths(read)) reader.note(path);
  };
