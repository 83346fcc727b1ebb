import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..', '..');

/** A Node.js from npm, on which the program is to run. */
export interface SupportedNode {
  /** As in `20.19.0`. */
  readonly version: string;
  /** Where its package-lock.json lies, which scripts/install-nodes.sh installs. */
  readonly folder: string;
  /** The program, once it is installed. */
  readonly path: string;
}

interface Lock {
  packages: Record<string, { version?: string; cpu?: unknown }>;
}

/** Those for x64, the oldest first: what is locked in nodes/, and what the Debian package brings. */
export const supportedNodes: readonly SupportedNode[] = [
  join(import.meta.dirname, 'nodes'),
  join(project, 'deploy', 'deb', 'node'),
].flatMap((folder) => {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as Lock;
  return Object.entries(packages).flatMap(([name, { version, cpu }]) =>
    version !== undefined && [cpu].flat().includes('x64')
      ? [{ version, folder, path: join(folder, name, 'bin', 'node') }]
      : [],
  );
});
