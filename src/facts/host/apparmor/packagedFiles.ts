import { createHash } from 'node:crypto';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { policyBase } from './libvirtProfiles.ts';

const status = '/var/lib/dpkg/status';

/** A policy file of an installed package, and what became of it since. */
export interface PackagedFile {
  path: string;
  is: 'as shipped' | 'edited' | 'deleted' | { unreadable: string };
}

/** Configuration files of installed packages, with the MD5 sum of what the package shipped (deb-conffiles(5), dpkg-query(1)). */
const conffiles = (text: string): { path: string; sum: string }[] =>
  text
    .split('\n\n')
    .filter((stanza) => /^Status: .* installed$/m.test(stanza))
    .flatMap((stanza) => /^Conffiles:\n((?: .*\n?)+)/m.exec(stanza)?.[1]?.split('\n') ?? [])
    .flatMap((line) => {
      const [, path, sum] = /^ (\/\S+) ([0-9a-f]{32})$/.exec(line) ?? [];
      return path === undefined || sum === undefined ? [] : [{ path, sum }];
    });

const sumOf = (bytes: string): string => createHash('md5').update(Buffer.from(bytes, 'latin1')).digest('hex');

/** AppArmor's policy files of libvirt's packages and AppArmor's own; undefined where dpkg does not manage the host. */
export const packagedPolicy = (tree: HostTree): readonly PackagedFile[] | { unreadable: string } | undefined => {
  const known = tree.read(status);
  if (known === undefined || 'unreadable' in known) return known;
  return conffiles(known.text)
    .filter(({ path }) => path.startsWith(`${policyBase}/`))
    .map(({ path, sum }): PackagedFile => {
      const file = tree.read(path);
      if (file === undefined) return { path, is: 'deleted' };
      if ('unreadable' in file) return { path, is: { unreadable: file.unreadable } };
      return { path, is: sumOf(file.text) === sum ? 'as shipped' : 'edited' };
    });
};

/**
 * `host.apparmor.edited`: profiles of libvirt's packages that are not as the package shipped them, or are deleted. At its
 * upgrade dpkg keeps such a file, and the new one does not come. Absent where dpkg does not manage the host.
 */
export const packagedFiles = (tree: HostTree): Learnt => {
  const at = '/host/apparmor/edited';
  const files = packagedPolicy(tree);
  if (files === undefined) return { facts: {}, unknown: [] };
  if ('unreadable' in files) return { facts: {}, unknown: [{ at, reason: files.unreadable }] };
  const edited = files.flatMap(({ path, is }) =>
    is === 'edited' ? [path] : is === 'deleted' ? [`${path} is deleted`] : [],
  );
  const unread = files.flatMap(({ is }) => (typeof is === 'string' ? [] : [{ at, reason: is.unreadable }]));
  return { facts: { edited }, unknown: edited.length > 0 ? [] : unread };
};
