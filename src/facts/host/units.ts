import type { HostTree } from './hostTree.ts';

const directory = '/etc/systemd/system';

/** What stands for a unit where it is masked: a link to /dev/null. */
export const unitPath = (unit: string): string => `${directory}/${unit}`;

/** The targets that the units of interest are wanted by, as their [Install] sections say. */
const targets = ['multi-user', 'sysinit', 'sockets'];

/** What the administrator has decided of systemd's units: systemd.unit(5), systemctl(1). */
export interface Units {
  /** Started at boot, and not masked. */
  isEnabled(unit: string): boolean;
  /** Why that can't be known. */
  unreadable: string | undefined;
  /** Whether the host has systemd's configuration at all. */
  exist: boolean;
}

/** The units of the host, by the links in /etc. */
export const unitsOf = (tree: HostTree): Units => {
  const folders = [directory, ...targets.map((target) => `${directory}/${target}.target.wants`)].map(tree.directory);
  const hidden = folders.find((folder) => folder !== undefined && 'unreadable' in folder);
  return {
    isEnabled: (unit) =>
      tree.link(unitPath(unit))?.text !== '/dev/null' &&
      targets.some((target) => (tree.list(`${directory}/${target}.target.wants`) ?? []).includes(unit)),
    unreadable: hidden !== undefined && 'unreadable' in hidden ? hidden.unreadable : undefined,
    exist: tree.list(directory) !== undefined,
  };
};
