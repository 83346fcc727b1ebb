import type { JsonObject } from '../../../model/json.ts';
import type { HostTree } from '../hostTree.ts';
import { parseLibvirtConf } from './libvirtConf.ts';

/** How a setting's value becomes a fact: as it is, or a lone text as the list of one that libvirt takes it for. */
export type SettingShape = 'value' | 'list';

/**
 * The settings named in `shapes` that a file of libvirt's sets, under their own names; undefined when there is no such file,
 * or it can't be read.
 */
export const namedSettings = (
  tree: HostTree,
  path: string,
  shapes: Readonly<Record<string, SettingShape>>,
): JsonObject | undefined => {
  const known = tree.read(path);
  if (known === undefined || 'unreadable' in known) return undefined;
  const settings = parseLibvirtConf(known.text);
  return Object.fromEntries(
    Object.entries(shapes).flatMap(([name, shape]) => {
      const value = settings.get(name);
      if (value === undefined) return [];
      return [[name, shape === 'list' ? [value].flat().map(String) : value]];
    }),
  );
};
