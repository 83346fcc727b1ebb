import { posix } from 'node:path';
import type { HostTree } from '../hostTree.ts';

const directory = '/etc/systemd/system';

/** What stands for a unit where it is masked: a link to /dev/null. */
export const unitPath = (unit: string): string => `${directory}/${unit}`;

/** The targets that a host reaches at boot and that the units of interest are wanted by, as their [Install] sections say. */
const targets = ['multi-user', 'sysinit', 'sockets'];

/** What the administrator has decided of systemd's units: systemd.unit(5), systemctl(1). */
export interface Units {
  /** Those started at boot, and not masked. */
  enabled: readonly string[];
  isEnabled(unit: string): boolean;
  /** Started at boot or together with another unit (`systemctl add-wants`), and not masked. */
  isWanted(unit: string): boolean;
  isMasked(unit: string): boolean;
  /** Why that can't be known. */
  unreadable: string | undefined;
  /** Whether the host has systemd's configuration at all. */
  exist: boolean;
}

/** The units of the host, by the links in /etc. */
export const unitsOf = (tree: HostTree): Units => {
  const boot = targets.map((target) => `${directory}/${target}.target.wants`);
  const all = (tree.list(directory) ?? [])
    .filter((name) => /\.(wants|requires)$/.test(name))
    .map((name) => posix.join(directory, name));
  const hidden = [directory, ...boot, ...all]
    .map(tree.directory)
    .find((folder) => folder !== undefined && 'unreadable' in folder);
  const isMasked = (unit: string): boolean => tree.link(unitPath(unit))?.text === '/dev/null';
  const linked = (folders: readonly string[]): ReadonlySet<string> =>
    new Set(folders.flatMap((folder) => tree.list(folder) ?? []).filter((unit) => !isMasked(unit)));
  const enabled = linked(boot);
  const wanted = linked(all);
  return {
    enabled: [...enabled],
    isEnabled: (unit) => enabled.has(unit),
    isWanted: (unit) => wanted.has(unit),
    isMasked,
    unreadable: hidden !== undefined && 'unreadable' in hidden ? hidden.unreadable : undefined,
    exist: tree.list(directory) !== undefined,
  };
};
