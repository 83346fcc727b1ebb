import { posix } from 'node:path';
import type { Source } from '../collect.ts';
import { checkRoot } from './checkRoot.ts';
import { denials } from './denials.ts';
import type { FileCache } from './fileCache.ts';
import { includedElsewhere } from './includedElsewhere.ts';
import { nextTurn } from './nextTurn.ts';
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

/** Everything below a directory, to any depth, each directory once: links that lead back up would multiply them. */
const walk = (reader: RootReader, directory: string, walked: Set<string>, left: ReadonlySet<string>): void => {
  reader.look(directory);
  const real = reader.realpath(directory);
  if (real === undefined || walked.has(real)) return;
  walked.add(real);
  for (const name of reader.names(real)) if (!left.has(name)) walk(reader, posix.join(real, name), walked, new Set());
};

/** AppArmor's policy, the kernel's state of it and what it lately refused, below `root`. */
export const apparmor =
  (root: string, files?: FileCache): Source =>
  async (emit, wait) => {
    checkRoot(root);
    const elsewhere = new Set<string>();
    const reader = createRootReader(
      root,
      (document) => {
        if (document.kind === 'file') {
          for (const path of includedElsewhere(document.text, policy)) elsewhere.add(path);
        }
        emit(document);
      },
      files,
    );
    await wait(nextTurn());
    for (const path of kernelState) reader.look(path);
    walk(reader, policy, new Set(), caches);
    // What these include is added while they are gone through.
    for (const path of elsewhere) {
      reader.look(path);
      for (const name of reader.names(path)) reader.look(posix.join(path, name));
    }
    await wait(nextTurn());
    denials(reader);
  };
