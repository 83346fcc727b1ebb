/**
 * The policy tree as the host has it. Paths are absolute host paths, such as `/etc/apparmor.d/usr.sbin.libvirtd`.
 *
 * All text, names and paths are byte strings: each character stands for one byte (latin1), because AppArmor matches
 * bytes, not characters.
 */
export interface PolicySource {
  /** The text of a regular file, links followed; `undefined` when there is none. */
  read(path: string): { readonly text: string } | { readonly unreadable: string } | undefined;
  /** The names of files and of links to files in a directory, not recursive; `undefined` when there is no such directory. */
  list(path: string): readonly string[] | undefined;
}
