import { mutate } from '../../apparmor/mutate.ts';
import type { Random } from '../../apparmor/random.ts';
import type { Attempt } from './attempt.ts';
import type { Operation } from './operations.ts';
import type { RandomProfile } from './randomProfile.ts';

/** sun_path is the shortest that a path must fit into (unix(7)). */
const longest = 100;

const ofFiles: readonly Operation[] = [
  'read',
  'write',
  'append',
  'update',
  'create',
  'bind',
  'mkfifo',
  'symlink',
  'unlink',
  'truncate',
  'chmod',
  'stat',
  'lock-shared',
  'lock-exclusive',
  'map-executable',
  'rename',
  'link',
];
const ofDirectories: readonly Operation[] = ['mkdir', 'rmdir', 'readdir'];
const users = [0, 1000];

/** A path that can be made below /t, at the edge of what the profile matches. */
const randomPath = (random: Random, { sample }: RandomProfile): string => {
  for (;;) {
    const path = `/t/${mutate(random, sample())}`.replaceAll(/\/{2,}/g, '/');
    const names = path.slice('/t/'.length).replace(/\/$/, '').split('/');
    if (path.length <= longest && names.every((name) => !['', '.', '..'].includes(name))) return path;
  }
};

/** A second file: neither of the two may need the other as a directory. */
const otherPath = (random: Random, profile: RandomProfile, path: string): string => {
  for (;;) {
    const other = randomPath(random, profile).replace(/\/$/, '');
    if (!`${other}/`.startsWith(`${path}/`) && !`${path}/`.startsWith(`${other}/`)) return other;
  }
};

/** A random attempt on a random path; not one that plain ownership would refuse, or that asks what the evaluator can't be asked. */
export const randomAttempt = (random: Random, name: string, profile: RandomProfile): Attempt => {
  const path = randomPath(random, profile);
  const operation = random.pick(path.endsWith('/') ? ofDirectories : ofFiles);
  const [uid, owner] = [random.pick(users), random.pick(users)];
  // Only its owner or root may chmod a file.
  if (operation === 'chmod' && uid !== 0 && owner !== uid) return randomAttempt(random, name, profile);
  if (operation === 'link' && !profile.links) return randomAttempt(random, name, profile);
  const two = operation === 'rename' || operation === 'link';
  return { profile: name, operation, uid, owner, path, ...(two ? { other: otherPath(random, profile, path) } : {}) };
};
