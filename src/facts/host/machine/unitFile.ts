import { posix } from 'node:path';
import type { HostTree } from '../hostTree.ts';

const configured = '/etc/systemd/system';
const packaged = ['/lib/systemd/system', '/usr/lib/systemd/system'];

/** What a unit and its drop-ins say. */
export interface UnitFile {
  /** Whether the unit itself is known, and not its drop-ins alone. */
  known: boolean;
  /** A setting's values in order; an empty assignment has thrown away those before it. */
  values(setting: string): readonly string[];
  /** Why there may be more. */
  unreadable: string | undefined;
}

/** Assignments in order: systemd.syntax(7). A backslash at a line's end goes on in the next. */
const assignments = (text: string): [name: string, value: string][] =>
  text
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .flatMap((line): [string, string][] => {
      const [, name, value] = /^\s*([A-Za-z]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    });

/**
 * A unit as systemd puts it together: the administrator's file or else the packaged one, then the drop-ins in the order of
 * their names, of which one in /etc replaces a packaged one (systemd.unit(5)).
 */
export const unitFile = (tree: HostTree, unit: string): UnitFile => {
  const folders = [...packaged, configured].map((folder) => posix.join(folder, `${unit}.d`));
  const dropIns = new Map(
    folders.flatMap((folder) =>
      (tree.list(folder) ?? []).flatMap((name) => (name.endsWith('.conf') ? [[name, posix.join(folder, name)]] : [])),
    ) as [string, string][],
  );
  const main = [configured, ...packaged]
    .map((folder) => tree.read(posix.join(folder, unit)))
    .find((file) => file !== undefined);
  const read = [...dropIns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => tree.read(path));
  const settings = new Map<string, string[]>();
  for (const file of [main, ...read]) {
    for (const [name, value] of assignments(file !== undefined && 'text' in file ? file.text : '')) {
      settings.set(name, value === '' ? [] : [...(settings.get(name) ?? []), value]);
    }
  }
  const hidden = [main, ...folders.map(tree.directory), ...read].find(
    (each) => each !== undefined && 'unreadable' in each,
  );
  return {
    known: main !== undefined && 'text' in main,
    values: (setting) => settings.get(setting) ?? [],
    unreadable: hidden !== undefined && 'unreadable' in hidden ? hidden.unreadable : undefined,
  };
};
