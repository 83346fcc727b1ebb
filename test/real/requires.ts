import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Component, components, type Needs } from './components.ts';

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const isInstalled = (command: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, command)));

const canMount = (): boolean => spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/run']).status === 0;

/**
 * Why the named components can't run on this machine, with what to do about it; undefined where they can.
 *
 * @param installed and `mounts` are replaced where this function itself is tested
 */
export const requires = (
  names: readonly Component[],
  installed: (command: string) => boolean = isInstalled,
  mounts: () => boolean = canMount,
): string | undefined => {
  const needs: Needs[] = names.map((name) => components[name]);
  const other = needs.find(({ architecture = process.arch }) => architecture !== process.arch);
  if (other !== undefined)
    return `this takes a machine of architecture ${other.architecture}, and this is ${process.arch}`;
  const commands = new Map(needs.flatMap((need) => Object.entries(need.commands)));
  const missing = [...commands].filter(([command]) => !installed(command));
  if (missing.length > 0) {
    const packages = [...new Set(missing.map(([, name]) => name))].sort();
    return `no ${missing.map(([command]) => command).join(', ')} in PATH; apt-get install ${packages.join(' ')}`;
  }
  if (needs.some(({ mounting }) => mounting) && !mounts()) {
    return 'no right to mount in a namespace of its own; run as root (in a container: --privileged)';
  }
  return undefined;
};
