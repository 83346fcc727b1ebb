import type { AppArmorState } from './apparmorState.ts';
import type { HostTree } from './hostTree.ts';
import { domainPolicy, domainProfile } from './libvirtProfiles.ts';

const uuidOf = (name: string): string | undefined => domainProfile.exec(name)?.[1];

/**
 * Profiles of domains that libvirt does not know any more, on disk or loaded.
 *
 * @param uuids those of all domains that libvirt has
 */
export const staleProfiles = (
  tree: HostTree,
  { loaded }: AppArmorState,
  uuids: ReadonlySet<string>,
): readonly string[] => {
  const isStale = (name: string) => {
    const uuid = uuidOf(name);
    return uuid !== undefined && !uuids.has(uuid);
  };
  return [
    ...(tree.list(domainPolicy) ?? []).filter(isStale).map((name) => `${domainPolicy}/${name}`),
    ...[...(loaded?.keys() ?? [])].filter(isStale).map((name) => `${name} is loaded`),
  ];
};
