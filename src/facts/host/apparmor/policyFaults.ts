import { outrankingRules, type Policy, type Problem, type Profile, rulesTouching } from '../../../apparmor/index.ts';
import { fromBytes } from '../../../model/bytes.ts';
import type { JsonObject } from '../../../model/json.ts';
import { domainPolicy, domainProfiles, isLibvirtPolicy, ownProfiles, policyBase } from './libvirtProfiles.ts';

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].map(fromBytes);

/** Whether a problem says that a file could not be read, which is no fault of the policy. */
const isUnread = ({ message }: Problem): boolean => message.includes("can't be read");

const problemsOf = (policy: Policy, profiles: readonly Profile[]): readonly Problem[] => [
  ...profiles.flatMap(({ problems }) => problems),
  ...policy.problemsOf(isLibvirtPolicy).filter(({ file }) => isLibvirtPolicy(file)),
  // A folder that can't be listed stands for all that may be in it.
  ...policy.problemsOf((file) => file === domainPolicy).filter(isUnread),
];

/** The rules of a profile at their places, for a person to find. */
const placed = (profile: Profile, rules: ReturnType<typeof outrankingRules>): readonly string[] =>
  rules.map(({ file, rule: { rule } }) => `${profile.name}, ${file}:${rule.line}: ${rule.text.trim()}`);

/** Modes in which a profile does not keep a process back, and the flag whose want denies what lies on detached mounts. */
const weakness = ({ name, flags, file, line, mode }: Profile): readonly string[] => {
  const at = `${name}, ${file}:${line}`;
  const weak = flags.filter((flag) => ['complain', 'unconfined', 'default_allow', 'prompt'].includes(flag));
  const shippedSo = /^(?:libvirtd|virtqemud|\/usr\/sbin\/(?:libvirtd|virtqemud)|libvirt-[0-9a-f-]{36})$/.test(name);
  const lacks = shippedSo && mode === 'enforce' && !flags.includes('attach_disconnected');
  return [...weak.map((flag) => `${at}: ${flag}`), ...(lacks ? [`${at}: without attach_disconnected`] : [])];
};

/** Where an administrator's own rules are: `local/`, and the folders that abstractions include. */
const isLocal = (file: string): boolean => file.startsWith(`${policyBase}/local/`) || /\.d\/[^/]+$/.test(file);

/** What libvirt and its domains must be able to write: images, sockets, firmware variables (libvirt's drvqemu). */
const needed = '/{var/lib/libvirt/{images,qemu},{var/,}run/libvirt/qemu}/**';

/** What is wrong in libvirt's policy on disk, whatever of it is loaded. */
export const policyFaults = (policy: Policy): { facts: JsonObject; unread: string | undefined } => {
  const own = ownProfiles(policy);
  const profiles = [...own, ...domainProfiles(policy)];
  const problems = problemsOf(policy, profiles);
  const understood = profiles.filter((profile) => profile.problems.length === 0);
  const localDenies = understood.flatMap((profile) =>
    placed(
      profile,
      rulesTouching(profile, 'deny', 'w', needed).filter(({ file }) => isLocal(file)),
    ),
  );
  const unread = problems.find(isUnread);
  return {
    facts: {
      problems: unique(
        problems.filter((each) => !isUnread(each)).map(({ file, line, message }) => `${file}:${line}: ${message}`),
      ),
      weakFlags: unique(profiles.flatMap(weakness)),
      priorityOverrides: unique(understood.flatMap((profile) => placed(profile, outrankingRules(profile)))),
      localDenies: unique(localDenies),
    },
    unread: unread === undefined ? undefined : fromBytes(unread.message),
  };
};
