import type { HostDocument } from '../../model/document.ts';
import type { Source } from '../collect.ts';
import { checkRoot } from './checkRoot.ts';
import { FileCache } from './fileCache.ts';
import { machine } from './machine.ts';
import { nextTurn, type Turn } from './nextTurn.ts';
import { packages } from './packages.ts';
import { processes } from './processes.ts';
import { createRootReader, type RootReader } from './rootReader.ts';
import { savedStates } from './savedStates.ts';

const wanted = ['/etc/hostname', '/etc/passwd', '/etc/group', '/etc/cloudstack/agent/agent.properties'];

/** Reads what does not depend on the domains. Lets go of the thread in between: libvirt's answers wait for it. */
const readHost = async (reader: RootReader, emit: (document: HostDocument) => void, turn: Turn): Promise<void> => {
  for (const path of wanted) reader.look(path);
  for (const name of reader.names('/etc/libvirt')) if (name.endsWith('.conf')) reader.look(`/etc/libvirt/${name}`);
  const installed = packages(reader);
  if (installed !== undefined) emit(installed);
  await turn();
  processes(reader);
  await turn();
  for (const document of machine(reader)) emit(document);
  savedStates(reader);
  // Debian's and Ubuntu's packages leave it for needrestart, unattended-upgrades and people.
  reader.note('/run/reboot-required');
  await turn();
};

/** So many paths are looked at in a millisecond or two. */
const pathsInTurn = 100;

const noteAll = async (reader: RootReader, paths: readonly string[], turn: Turn): Promise<void> => {
  for (const [index, path] of paths.entries()) {
    reader.note(path);
    if (index % pathsInTurn === 0) await turn();
  }
};

/**
 * The host's configuration of libvirt and of CloudStack's agent, its users, its processes, the machine, what libvirt keeps
 * of domains' states, and whether some paths exist.
 *
 * @param paths the paths of which it matters what is there, not what is in it, given what has been read until then
 * @param files what is known from the last time. The paths of then are looked at before it is known which matter now
 * @param domains is waited for before `paths` is asked
 */
export const host =
  (
    root: string,
    paths: (read: readonly HostDocument[]) => readonly string[],
    files: FileCache = new FileCache(),
    domains: Promise<unknown> = Promise.resolve(),
  ): Source =>
  async (emit, wait) => {
    checkRoot(root);
    const turn = () => wait(nextTurn());
    const read = async (early: readonly string[]) => {
      const documents: HostDocument[] = [];
      const add = (document: HostDocument) => void documents.push(document);
      const reader = createRootReader(root, add, files);
      await readHost(reader, add, turn);
      const ofHost = [...documents];
      await noteAll(reader, early, turn);
      return { reader, documents, ofHost };
    };
    const before = await read(files.noted);
    await wait(domains);
    const needed = paths(before.ofHost);
    const matters = new Set(needed);
    // Evidence is what an audit from scratch would have read, and nothing from the last one.
    const { reader, documents } = files.noted.every((path) => matters.has(path)) ? before : await read([]);
    files.noted = needed;
    await noteAll(reader, needed, turn);
    for (const document of documents) emit(document);
  };
