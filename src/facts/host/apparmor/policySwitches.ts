import { posix } from 'node:path';
import type { Daemon } from '../daemon/daemon.ts';
import type { HostTree } from '../hostTree.ts';
import { libvirtPolicyFiles, policyBase } from './libvirtProfiles.ts';

/** The entries of `disable/` and `force-complain/` that act on libvirt's policy, or the reasons why they are not known. */
export interface PolicySwitches {
  disabled: readonly string[];
  forceComplain: readonly string[];
  /** Links in `disable/` that lead nowhere: they disable nothing. */
  dangling: readonly string[];
  unreadable: readonly string[];
}

/**
 * The policy files that matter: the helper's, and the daemon's that runs, since it is its own profile by which libvirt
 * knows that it may confine (security_apparmor). Where none runs, which one would is a guess, and both count.
 */
const filesOf = ({ name, pid }: Daemon): readonly string[] =>
  pid === undefined
    ? libvirtPolicyFiles
    : libvirtPolicyFiles.filter((file) => !file.startsWith('usr.sbin.') || file === `usr.sbin.${name}`);

/**
 * apparmor_parser(8): a file of a policy file's name keeps it from loading, or from being enforced; a dangling link does not.
 * Whatever exists there does: a file, a link to /dev/null, even a directory.
 */
export const policySwitches = (tree: HostTree, daemon: Daemon): PolicySwitches => {
  const entries = (folder: string) =>
    libvirtPolicyFiles.map((name) => {
      const path = posix.join(policyBase, folder, name);
      return { name, path, there: tree.at(path) };
    });
  const found = { disable: entries('disable'), complain: entries('force-complain') };
  const matter = filesOf(daemon);
  const acting = (list: ReturnType<typeof entries>) =>
    list.flatMap(({ name, path, there }) =>
      there !== undefined && !('unreadable' in there) && matter.includes(name) ? [path] : [],
    );
  return {
    disabled: acting(found.disable),
    forceComplain: acting(found.complain),
    dangling: found.disable.flatMap(({ path, there }) =>
      there === undefined && tree.link(path) !== undefined ? [path] : [],
    ),
    unreadable: [...found.disable, ...found.complain].flatMap(({ there }) =>
      there !== undefined && 'unreadable' in there ? [there.unreadable] : [],
    ),
  };
};
