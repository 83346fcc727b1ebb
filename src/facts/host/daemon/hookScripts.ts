import { posix } from 'node:path';
import type { JsonObject } from '../../../model/json.ts';
import type { Unknown } from '../../../model/subject.ts';
import { ownershipFacts, ownershipOf } from '../folders/ownership.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';

const directory = '/etc/libvirt/hooks';

/** A virtio-serial port by its place on the bus, which moves when channels do. */
const numberedPort = /\/dev\/vport\d+p\d+/;

/** The first line that is no comment and names a port by number. */
const firstPort = (text: string): string | undefined => {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => !line.trimStart().startsWith('#') && numberedPort.test(line));
  return index === -1 ? undefined : `line ${index + 1}: ${numberedPort.exec(lines[index] ?? '')?.[0]}`;
};

/** The hook directory, the scripts in it, and those in its folders `qemu.d` and the like (libvirt's hooks.rst). */
const hookPaths = (tree: HostTree): string[] => {
  const inside = (folder: string): string[] => (tree.list(folder) ?? []).map((name) => posix.join(folder, name));
  return [directory, ...inside(directory).flatMap((path) => [path, ...inside(path)])];
};

/** `host.hooks`: who may change what libvirt runs as root, and what in the scripts names a port by number. */
export const hookScripts = (tree: HostTree): Learnt => {
  const hooks: JsonObject[] = [];
  const unknown: Unknown[] = [];
  for (const path of hookPaths(tree)) {
    const ownership = ownershipOf(tree, path);
    if (ownership === undefined) continue;
    const at = `/host/hooks/${hooks.length}`;
    if ('unknown' in ownership) {
      for (const fact of ['uid', 'gid', 'mode']) unknown.push({ at: `${at}/${fact}`, reason: ownership.unknown });
    }
    const text = tree.read(path);
    if (text !== undefined && 'unreadable' in text) unknown.push({ at: `${at}/port`, reason: text.unreadable });
    const port = text !== undefined && 'text' in text ? firstPort(text.text) : undefined;
    hooks.push({ ...ownershipFacts(path, ownership), ...(port === undefined ? {} : { port }) });
  }
  return { facts: { hooks }, unknown };
};
