/** A permission of a file rule, as apparmor.d(5) lists them: read, write, append, link, lock, map executable, execute. */
export type Access = 'r' | 'w' | 'a' | 'l' | 'k' | 'm' | 'x';
