import type { HostTree } from '../hostTree.ts';
import type { AppArmorState } from './apparmorState.ts';
import { domainPolicy, domainProfile } from './libvirtProfiles.ts';

const uuidOf = (name: string): string | undefined => domainProfile.exec(name)?.[1];

/**
 * Profiles of domains that libvirt does not know any more, on disk or loaded; and why there may be more of them.
 *
 * @param uuids those of all domains that libvirt has
 */
export const staleProfiles = (
  tree: HostTree,
  { loaded, why }: AppArmorState,
  uuids: ReadonlySet<string>,
): { found: readonly string[]; unknown: string | undefined } => {
  const isStale = (name: string) => {
    const uuid = uuidOf(name);
    return uuid !== undefined && !uuids.has(uuid);
  };
  const found = [
    ...(tree.list(domainPolicy) ?? []).filter(isStale).map((name) => `${domainPolicy}/${name}`),
    ...[...(loaded?.keys() ?? [])].filter(isStale).map((name) => `${name} is loaded`),
  ];
  const folder = tree.directory(domainPolicy);
  const unlisted = folder !== undefined && 'unreadable' in folder ? folder.unreadable : undefined;
  // What was found is stale whatever else there is.
  return { found, unknown: found.length > 0 ? undefined : (unlisted ?? (loaded === undefined ? why : undefined)) };
};
