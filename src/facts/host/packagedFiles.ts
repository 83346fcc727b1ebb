import { createHash } from 'node:crypto';
import type { HostTree } from './hostTree.ts';
import type { Learnt } from './learnt.ts';
import { policyBase } from './libvirtProfiles.ts';

const status = '/var/lib/dpkg/status';

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

/**
 * `host.apparmor.edited`: profiles of libvirt's packages that are not as the package shipped them, or are deleted. At its
 * upgrade dpkg keeps such a file, and the new one does not come. Absent where dpkg does not manage the host.
 */
export const packagedFiles = (tree: HostTree): Learnt => {
  const known = tree.read(status);
  if (known === undefined) return { facts: {}, unknown: [] };
  if ('unreadable' in known) return { facts: {}, unknown: [{ at: '/host/apparmor/edited', reason: known.unreadable }] };
  const unknown: { at: string; reason: string }[] = [];
  const edited = conffiles(known.text)
    .filter(({ path }) => path.startsWith(`${policyBase}/`))
    .flatMap(({ path, sum }) => {
      const file = tree.read(path);
      if (file === undefined) return [`${path} is deleted`];
      if ('unreadable' in file) {
        unknown.push({ at: '/host/apparmor/edited', reason: file.unreadable });
        return [];
      }
      return sumOf(file.text) === sum ? [] : [path];
    });
  return { facts: { edited }, unknown: edited.length > 0 ? [] : unknown };
};
