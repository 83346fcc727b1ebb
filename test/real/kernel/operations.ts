import type { Access } from '../../../src/apparmor/index.ts';
import type { Attempt } from './attempt.ts';

/** What the kernel asks of a profile at once: all of these accesses. */
export interface KernelRequest {
  readonly path: string;
  readonly accesses: readonly Access[];
  /** Whether the process is the owner: its fsuid against the file's, or for a new file always. */
  readonly owner: boolean;
  /** All that the profile allows on `path` it must allow on this path too: a link may not lend more than its target has. */
  readonly within?: string;
}

/** The requests of each system call that an operation makes, in their order. */
type Steps = (attempt: Attempt) => readonly (readonly KernelRequest[])[];

const existing =
  (...steps: readonly (readonly Access[])[]): Steps =>
  ({ path, uid, owner }) =>
    steps.map((accesses) => [{ path, accesses, owner: uid === owner }]);

/** A new file belongs to who makes it (lsm.c, common_perm_create: `current_fsuid()`). */
const creating: Steps = ({ path }) => [[{ path, accesses: ['w'], owner: true }]];

/**
 * What the kernel asks for each operation of attempt.c: the hooks in Linux's security/apparmor/lsm.c, and what letters they
 * come to by map_old_perms in its policy_compat.c or file.c: `w` stands for writing, creating, deleting, chmod, chown and
 * truncating; `a` for appending alone. Searching the directories on the way asks nothing.
 */
const operations = {
  // apparmor_file_open: O_APPEND asks MAY_APPEND in place of MAY_WRITE (aa_map_file_to_perms).
  read: existing(['r']),
  write: existing(['w']),
  append: existing(['a']),
  update: existing(['r', 'w']),
  readdir: existing(['r']),
  // apparmor_path_mknod, _mkdir, _symlink, and bind(2) by way of the first: AA_MAY_CREATE.
  create: creating,
  bind: creating,
  mkfifo: creating,
  symlink: creating,
  mkdir: creating,
  // apparmor_path_unlink and _rmdir: AA_MAY_DELETE; _truncate, _chmod: MAY_WRITE, AA_MAY_SETATTR, AA_MAY_CHMOD.
  unlink: existing(['w']),
  rmdir: existing(['w']),
  truncate: existing(['w']),
  chmod: existing(['w']),
  // apparmor_inode_getattr asks AA_MAY_GETATTR, which aa_compute_fperms grants every profile on every path.
  stat: existing([]),
  // apparmor_file_lock: AA_MAY_LOCK, and MAY_WRITE for an exclusive lock; the file is opened first.
  'lock-shared': existing(['r'], ['k']),
  'lock-exclusive': existing(['w'], ['k', 'w']),
  // common_mmap: AA_EXEC_MMAP and MAY_READ.
  'map-executable': existing(['r'], ['m', 'r']),
  // apparmor_path_rename: both paths are judged by the owner of what is renamed.
  rename: ({ path, other = path, uid, owner }) => [
    [
      { path, accesses: ['r', 'w'], owner: uid === owner },
      { path: other, accesses: ['w'], owner: uid === owner },
    ],
  ],
  // profile_path_link in file.c: `path` is the new link; both paths are judged by the owner of the target. That the link's
  // permissions lie within the target's is asked of owners only: the bit for it, 0x20 in the entry for the pair of paths,
  // apparmor_parser sets in the owner's half alone (LINK_TO_LINK_SUBSET in its immunix.h).
  link: ({ path, other = path, uid, owner }) => [
    [{ path, accesses: ['l'], owner: uid === owner, ...(uid === owner ? { within: other } : {}) }],
  ],
} as const satisfies Record<string, Steps>;

/** The name of an operation of attempt.c. */
export type Operation = keyof typeof operations;

/** What the kernel asks, system call by system call, when an attempt is made. */
export const requestsOf = (attempt: Attempt): readonly (readonly KernelRequest[])[] =>
  operations[attempt.operation](attempt);
