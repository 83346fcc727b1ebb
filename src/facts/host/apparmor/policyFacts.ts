import type { Policy } from '../../../apparmor/index.ts';
import type { Unknown } from '../../../model/subject.ts';
import type { Daemon } from '../daemon/daemon.ts';
import type { Versions } from '../daemon/versions.ts';
import type { HostMemory } from '../hostMemory.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { profileNames } from './apparmorFacts.ts';
import type { AppArmorState } from './apparmorState.ts';
import { driftFacts } from './driftFacts.ts';
import { policyBase } from './libvirtProfiles.ts';
import { packagedFiles } from './packagedFiles.ts';
import { policyFaults } from './policyFaults.ts';
import { policyOfDomains, writableIn } from './policyReach.ts';
import { policySwitches } from './policySwitches.ts';
import { staleProfiles } from './staleProfiles.ts';
import { templateFacts } from './templateFacts.ts';

/**
 * `host.apparmor`, as far as it is about the policy on disk and what became of it.
 *
 * @param uuids those of all domains that libvirt has; undefined where libvirt was not asked
 */
export const policyFacts = (
  tree: HostTree,
  policy: Policy,
  state: AppArmorState,
  daemon: Daemon,
  versions: Versions,
  uuids: ReadonlySet<string> | undefined,
  memory: HostMemory,
): Learnt => {
  const { unreadable, ...switches } = policySwitches(tree, daemon);
  const faults = policyFaults(policy);
  const profile = profileNames(daemon.name).find((name) => policy.profiles.has(name));
  const tampering =
    profile === undefined
      ? undefined
      : memory.again('policyReach', [policy, profile], () => writableIn(policy, profile, policyOfDomains));
  const packaged = packagedFiles(tree);
  const templates = templateFacts(tree, versions);
  const stale = uuids === undefined ? undefined : staleProfiles(tree, state, uuids);
  const facts = {
    ...packaged.facts,
    ...switches,
    ...faults.facts,
    ...templates.facts,
    ...(state.loaded === undefined ? {} : { drift: driftFacts(policy, state) }),
    ...(tampering === undefined ? {} : { policyReach: tampering.found }),
    ...(stale === undefined ? {} : { stale: stale.found }),
  };
  const unknown: Unknown[] = [...packaged.unknown, ...templates.unknown];
  const say = (names: readonly string[], reason: string) =>
    unknown.push(...names.map((name) => ({ at: `/host/apparmor/${name}`, reason })));
  const base = tree.directory(policyBase);
  if (base !== undefined && 'unreadable' in base)
    say(['policy', 'drift', 'policyReach', 'stale', ...Object.keys(facts)], base.unreadable);
  const [hidden] = unreadable;
  // A disabled profile that is loaded has drifted.
  if (hidden !== undefined) say([...Object.keys(switches), 'drift'], hidden);
  if (faults.unread !== undefined) say([...Object.keys(faults.facts), 'drift', 'policyReach'], faults.unread);
  if (state.loaded === undefined) say(['drift'], state.why);
  if (stale?.unknown !== undefined) say(['stale'], stale.unknown);
  if (tampering?.unknown !== undefined) say(['policyReach'], tampering.unknown);
  return { facts, unknown };
};
