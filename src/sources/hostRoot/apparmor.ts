import { posix } from 'node:path';
import type { Source } from '../collect.ts';
import { checkRoot } from './checkRoot.ts';
import { createRootReader, type RootReader } from './rootReader.ts';

const policy = '/etc/apparmor.d';

/** What the kernel says of itself: kernel doc "AppArmor", securityfs. */
const kernelState = [
  '/sys/module',
  '/sys/module/apparmor/parameters/enabled',
  '/sys/kernel/security/lsm',
  '/sys/kernel/security/apparmor/profiles',
];

/** Folders of compiled policy, by apparmor_parser(8); never policy text. */
const caches = new Set(['cache', 'cache.d']);

const walk = (reader: RootReader, directory: string, depth: number): void => {
  for (const name of reader.names(directory)) {
    if (depth === 0 && caches.has(name)) continue;
    const path = posix.join(directory, name);
    reader.look(path);
    if (depth < 8) walk(reader, path, depth + 1);
  }
};

/** AppArmor's policy and the kernel's state of it, below `root`. */
export const apparmor =
  (root: string): Source =>
  (emit) => {
    checkRoot(root);
    const reader = createRootReader(root, emit);
    for (const path of kernelState) reader.look(path);
    walk(reader, policy, 0);
  };
