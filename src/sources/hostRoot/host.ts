import type { HostDocument } from '../../model/document.ts';
import type { HostPaths } from '../../model/hostPaths.ts';
import type { NamedImage } from '../../model/imageHeader.ts';
import type { Source } from '../collect.ts';
import { checkRoot } from './checkRoot.ts';
import { FileCache } from './fileCache.ts';
import { imageChain } from './imageChain.ts';
import { machine } from './machine.ts';
import { nextTurn, type Turn } from './nextTurn.ts';
import { packages } from './packages.ts';
import { processes } from './processes.ts';
import { createRootReader, type RootReader } from './rootReader.ts';
import { savedStates } from './savedStates.ts';

/** Pools of storage: those that are defined, and those that are active (libvirt's storage_driver.c). */
const pools = ['/etc/libvirt/storage', '/run/libvirt/storage'];

const ownFiles = ['/etc/hostname', '/etc/passwd', '/etc/group', '/etc/cloudstack/agent/agent.properties'];

/** Reads what does not depend on the domains. Lets go of the thread in between: libvirt's answers wait for it. */
const readHost = async (reader: RootReader, emit: (document: HostDocument) => void, turn: Turn): Promise<void> => {
  for (const path of ownFiles) reader.look(path);
  for (const name of reader.names('/etc/libvirt')) if (name.endsWith('.conf')) reader.look(`/etc/libvirt/${name}`);
  for (const folder of pools) {
    for (const name of reader.names(folder)) if (name.endsWith('.xml')) reader.look(`${folder}/${name}`);
  }
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

/**
 * Images first: what was looked at as a mere path is not looked into again.
 *
 * @param looked what this reader has looked at, images or paths
 */
const noteAll = async (
  reader: RootReader,
  { paths, images }: HostPaths,
  looked: Set<string>,
  turn: Turn,
): Promise<void> => {
  for (const [index, image] of images.entries()) {
    imageChain(reader, image, looked);
    if (index % pathsInTurn === 0) await turn();
  }
  for (const [index, path] of paths.entries()) {
    if (!looked.has(path)) reader.note(path);
    looked.add(path);
    if (index % pathsInTurn === 0) await turn();
  }
};

const keyOf = ({ path, follow }: NamedImage): string => `${follow} ${path}`;

/** Whether each of `some` is one of `all`. */
const covers = (all: readonly string[], some: readonly string[]): boolean => {
  const known = new Set(all);
  return some.every((each) => known.has(each));
};

const nothing: HostPaths = { paths: [], images: [] };

/** Whether what was looked at `early` is part of what is needed, and all that is to be looked into was. */
const mayStay = (early: HostPaths, needed: HostPaths): boolean => {
  const [known, wanted] = [early.images.map(keyOf), needed.images.map(keyOf)];
  // What was looked at as a path, by whatever name, can't be looked into any more.
  const lookedInto = early.paths.length === 0 || covers(known, wanted);
  return lookedInto && covers(needed.paths, early.paths) && covers(wanted, known);
};

/**
 * The host's configuration of libvirt and of CloudStack's agent, its users, its processes, the machine, what libvirt keeps
 * of pools and of domains' states, whether some paths exist, and the headers of some disk images.
 *
 * @param matters what else of the host matters, given what has been read until then
 * @param files what is known from the last time. What mattered then is looked at before it is known what matters now
 * @param domains is waited for before `matters` is asked
 */
export const host =
  (
    root: string,
    matters: (read: readonly HostDocument[]) => HostPaths,
    files: FileCache = new FileCache(),
    domains: Promise<unknown> = Promise.resolve(),
  ): Source =>
  async (emit, wait) => {
    checkRoot(root);
    const turn = () => wait(nextTurn());
    const read = async (early: HostPaths) => {
      const documents: HostDocument[] = [];
      const add = (document: HostDocument) => void documents.push(document);
      const reader = createRootReader(root, add, files);
      await readHost(reader, add, turn);
      const ofHost = [...documents];
      const looked = new Set<string>();
      await noteAll(reader, early, looked, turn);
      return { reader, documents, ofHost, looked };
    };
    const before = await read(files.noted);
    await wait(domains);
    const needed = matters(before.ofHost);
    // Evidence is what an audit from scratch would have read, and nothing from the last one.
    const { reader, documents, looked } = mayStay(files.noted, needed) ? before : await read(nothing);
    files.noted = needed;
    await noteAll(reader, needed, looked, turn);
    for (const document of documents) emit(document);
  };
