import type { Policy, Profile } from '../../../apparmor/index.ts';
import { fromBytes, toBytes } from '../../../model/bytes.ts';
import type { AppArmorState } from './apparmorState.ts';
import { domainProfiles, ownProfiles } from './libvirtProfiles.ts';

const parentOf = (name: string): string | undefined => name.split('//').slice(0, -1).join('//') || undefined;

const driftOf = (profile: Profile, loaded: ReadonlyMap<string, string>): readonly string[] => {
  const name = fromBytes(profile.name);
  const mode = loaded.get(name);
  const parent = parentOf(name);
  if (mode === undefined) {
    // A profile that is not loaded at all is another rule's matter.
    return parent !== undefined && loaded.has(parent) ? [`${name} is on disk and not loaded with ${parent}`] : [];
  }
  if (profile.disabled) return [`${name} is disabled on disk and loaded still`];
  return mode === profile.mode || profile.mode === 'prompt'
    ? []
    : [`${name} is loaded as ${mode}, on disk ${profile.mode}`];
};

/**
 * Where what the kernel has loaded is visibly not what lies on disk: another mode, a child more or less, a disabled profile.
 * That nothing shows does not prove that the rules are the same: the kernel gives no text of them.
 */
export const driftFacts = (policy: Policy, { loaded }: AppArmorState): readonly string[] => {
  if (loaded === undefined) return [];
  const profiles = [...ownProfiles(policy), ...domainProfiles(policy)];
  const understood = profiles.filter(({ problems }) => problems.length === 0);
  const names = new Set(understood.map(({ name }) => name));
  const gone = [...loaded.keys()].filter((name) => {
    const parent = parentOf(name);
    return parent !== undefined && names.has(toBytes(parent)) && !names.has(toBytes(name));
  });
  return [
    ...understood.flatMap((profile) => driftOf(profile, loaded)),
    ...gone.map((name) => `${name} is loaded and not on disk`),
  ];
};
