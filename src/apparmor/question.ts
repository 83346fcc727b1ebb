import type { Access } from './access.ts';

/** May a process confined by `profile` do `access` on `path`? */
export interface Question {
  /** As the kernel names it: `libvirtd`, `/usr/sbin/foo`, `parent//child`. */
  readonly profile: string;
  /** A byte string as the kernel builds it: absolute, resolved, a directory with a trailing slash. */
  readonly path: string;
  readonly access: Access;
  /** Whether the process owns the file (for a new file: always). Rules with `owner` hold only then. */
  readonly owner: boolean;
}
