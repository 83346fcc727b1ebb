import { posix } from 'node:path';
import type { PolicySource } from '../../apparmor/index.ts';
import { domainPolicy, policyBase } from '../host/apparmor/libvirtProfiles.ts';

/** What is known of this host's policy files beside what is in them. */
export interface Carried {
  /** Policy files that are as their package shipped them: the package brings its new one, or takes the old one away. */
  asShipped: ReadonlySet<string>;
  /** Policy files that are taken as they are here, even where that is to be gone: packaged ones that were edited. */
  kept: ReadonlySet<string>;
  /** Whether a file that the target lacks stays, where nothing tells whether a package brought it. */
  unowned: boolean;
}

/** Included from outside AppArmor's folder, where no package puts policy. */
const isElsewhere = (path: string): boolean => path !== policyBase && !path.startsWith(`${policyBase}/`);

/** An administrator's: at most an empty file of the name comes with a package. */
const isLocal = (path: string): boolean => path.startsWith(`${policyBase}/local/`) || isElsewhere(path);

/** Where files are dropped in, to be included where they exist: folders `*.d`, and tunables. */
const isDropIn = (path: string): boolean =>
  path.startsWith(`${policyBase}/tunables/`) || /\.d$/.test(posix.dirname(path).slice(policyBase.length));

/**
 * The policy that there is after an upgrade in place: the target's, with the files of this host that an upgrade leaves where
 * they are. Those are `local/**` and what lies elsewhere, also where the target has a file of the name, and of the rest what the target lacks and no
 * package here shipped as it is. virt-aa-helper makes the domains' profiles anew, so these do not count.
 */
export const carriedPolicy = (
  here: PolicySource,
  there: PolicySource,
  { asShipped, kept, unowned }: Carried,
): PolicySource => {
  const stays = (path: string): boolean =>
    isLocal(path) || (posix.dirname(path) !== domainPolicy && !asShipped.has(path) && (unowned || isDropIn(path)));

  return {
    read: (path) => {
      if (kept.has(path)) return here.read(path);
      if (isLocal(path)) return here.read(path) ?? there.read(path);
      return there.read(path) ?? (stays(path) ? here.read(path) : undefined);
    },
    list: (path) => {
      const [ours, theirs] = [here.list(path), there.list(path)];
      if (ours === undefined && theirs === undefined) return undefined;
      if (isElsewhere(path) && ours !== undefined) return ours;
      const at = (name: string) => `${path}/${name}`;
      return [
        ...new Set([
          ...(theirs ?? []).filter((name) => !kept.has(at(name))),
          ...(ours ?? []).filter((name) => stays(at(name))),
        ]),
      ];
    },
  };
};
