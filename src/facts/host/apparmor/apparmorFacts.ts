import { posix } from 'node:path';
import type { Policy } from '../../../apparmor/index.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Unknown } from '../../../model/subject.ts';
import type { Daemon } from '../daemon/daemon.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { unreadableAs } from '../unreadable.ts';
import { type AppArmorState, lsm } from './apparmorState.ts';
import { libvirtPolicyFiles, policyBase } from './libvirtProfiles.ts';

/** Profile names that a program's policy goes by: named since AppArmor 3, by its path before. */
export const profileNames = (program: string): readonly string[] =>
  program === 'virt-aa-helper'
    ? ['virt-aa-helper', '/usr/lib/libvirt/virt-aa-helper', '/usr/libexec/virt-aa-helper']
    : [program, `/usr/sbin/${program}`];

const profileFacts = (names: readonly string[], state: AppArmorState, policy: Policy): JsonObject => {
  const name = names.find((candidate) => state.loaded?.has(candidate));
  const onDisk = names.map((candidate) => policy.profiles.get(candidate)).find((profile) => profile !== undefined);
  return {
    ...(state.loaded === undefined ? {} : { loaded: name !== undefined }),
    ...(name === undefined ? {} : { profile: name, mode: state.loaded?.get(name) ?? '' }),
    ...(onDisk === undefined ? {} : { file: onDisk.file }),
  };
};

/** What could not be learnt of the daemon's process. */
const daemonUnknowns = (tree: HostTree, { pid, hidden }: Daemon): Unknown[] => {
  if (hidden !== undefined) return [{ at: '/host/apparmor/daemon', reason: hidden }];
  if (tree.list('/proc') === undefined) {
    const reason = 'the host root holds no processes (/proc); audit the running host to learn them';
    return ['running', 'label'].map((fact) => ({ at: `/host/apparmor/daemon/${fact}`, reason }));
  }
  if (pid === undefined) return [];
  const label = tree.read(`/proc/${pid}/attr/current`);
  return label !== undefined && 'unreadable' in label
    ? [{ at: '/host/apparmor/daemon/label', reason: label.unreadable }]
    : [];
};

/** There only where SELinux is on; 1 where it enforces (selinux(8)). */
const selinux = '/sys/fs/selinux/enforce';

/**
 * Whether the host goes by AppArmor's policy: it has some, and SELinux does not rule in its place. A kernel has one of the
 * two (its doc "LSM": both are exclusive), so what lies in /etc/apparmor.d of an SELinux host says nothing.
 */
const policyRules = (tree: HostTree, { enabled }: AppArmorState): { policy: boolean; unknown: readonly Unknown[] } => {
  const there = tree.list(policyBase) !== undefined;
  if (!there || enabled === true) return { policy: there, unknown: [] };
  const enforce = tree.read(selinux);
  return {
    policy: !(enforce !== undefined && 'text' in enforce && enforce.text.startsWith('1')),
    unknown: unreadableAs(tree, [selinux], '/host/apparmor/policy'),
  };
};

/** `host.apparmor`: whether it is on, and whether the profiles that libvirt's confinement hangs on are loaded. */
export const apparmorFacts = (tree: HostTree, state: AppArmorState, policy: Policy, daemon: Daemon): Learnt => {
  const unknown: Unknown[] = [];
  if (state.enabled === undefined) unknown.push({ at: '/host/apparmor/enabled', reason: state.why });
  if (state.loaded === undefined) {
    for (const program of ['daemon', 'helper']) {
      for (const fact of ['loaded', 'profile', 'mode']) {
        unknown.push({ at: `/host/apparmor/${program}/${fact}`, reason: state.why });
      }
    }
  }
  unknown.push(
    ...daemonUnknowns(tree, daemon),
    ...unreadableAs(tree, [lsm], '/host/apparmor/lsm'),
    // Which profile is in a file is not known before it is read.
    ...unreadableAs(
      tree,
      libvirtPolicyFiles.map((name) => posix.join(policyBase, name)),
      '/host/apparmor/daemon/file',
      '/host/apparmor/helper/file',
    ),
  );
  const { pid, label } = daemon;
  const ruling = policyRules(tree, state);
  unknown.push(...ruling.unknown);
  return {
    facts: {
      ...(state.enabled === undefined ? {} : { enabled: state.enabled }),
      ...(state.lsm === undefined ? {} : { lsm: state.lsm }),
      policy: ruling.policy,
      daemon: {
        name: daemon.name,
        running: pid !== undefined,
        ...(label === undefined ? {} : { label }),
        ...profileFacts(profileNames(daemon.name), state, policy),
      },
      helper: profileFacts(profileNames('virt-aa-helper'), state, policy),
    },
    unknown,
  };
};
