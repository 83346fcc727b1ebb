import { posix } from 'node:path';
import type { Policy, Profile } from '../../../apparmor/index.ts';

/** Where AppArmor's policy lies. */
export const policyBase = '/etc/apparmor.d';

/** The policy files whose loss takes the confinement of every domain with it (libvirt's drvqemu, "AppArmor"). */
export const libvirtPolicyFiles = ['usr.sbin.libvirtd', 'usr.sbin.virtqemud', 'usr.lib.libvirt.virt-aa-helper'];

/** Where virt-aa-helper writes the domains' profiles, and libvirt's templates lie. */
export const domainPolicy = posix.join(policyBase, 'libvirt');

/** The profile that virt-aa-helper makes for a domain. */
export const domainProfile = /^libvirt-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Whether a file is libvirt's own policy, or that of one of its domains. */
export const isLibvirtPolicy = (file: string): boolean =>
  libvirtPolicyFiles.some((name) => file === posix.join(policyBase, name)) || posix.dirname(file) === domainPolicy;

/** The daemons' and the helper's profiles and their children, without those of the domains. */
export const ownProfiles = (policy: Policy): readonly Profile[] =>
  [...policy.profiles.values()].filter(({ policyFile }) =>
    libvirtPolicyFiles.some((name) => policyFile === posix.join(policyBase, name)),
  );

/** The profiles of domains and their children. */
export const domainProfiles = (policy: Policy): readonly Profile[] =>
  [...policy.profiles.values()].filter(({ policyFile }) => posix.dirname(policyFile) === domainPolicy);
