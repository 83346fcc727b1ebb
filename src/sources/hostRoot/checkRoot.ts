import { statSync } from 'node:fs';
import { systemFault } from '../../model/systemFault.ts';
import { SourceError } from '../collect.ts';

/** @throws SourceError when `root` is not a directory that can be looked into */
export const checkRoot = (root: string): void => {
  try {
    if (statSync(root).isDirectory()) return;
  } catch (error) {
    throw new SourceError(
      `--root ${root}: ${systemFault(error)}; name the folder that holds the host's etc, var and sys`,
    );
  }
  throw new SourceError(`--root ${root}: not a folder; name the one that holds the host's etc, var and sys`);
};
