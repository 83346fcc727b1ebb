import type { UnreadableDocument } from '../../model/document.ts';
import { systemFault } from '../../model/systemFault.ts';

/** What opens that which the kernel or the file's mode refuses (capabilities(7)). */
const needed = (path: string): string =>
  path.startsWith('/sys/kernel/security/apparmor')
    ? // No capability does: the kernel shows it to this user and this group (seen on Linux 6.1).
      'in the group root'
    : /^\/proc\/\d+\//.test(path)
      ? 'with CAP_SYS_PTRACE'
      : 'with CAP_DAC_READ_SEARCH';

/** The document that stands for a path that could not be read; undefined when there is just nothing there. */
export const fault = (path: string, error: unknown): UnreadableDocument | undefined => {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    // A process that ended while it was read, or no LSM behind /proc/PID/attr.
    case 'ESRCH':
    case 'EINVAL':
      return undefined;
    case 'EACCES':
    case 'EPERM':
      return {
        kind: 'unreadable',
        origin: path,
        text: `${path}: permission denied; run as root or ${needed(path)}`,
        reason: 'denied',
      };
    default:
      return { kind: 'unreadable', origin: path, text: `${path}: ${systemFault(error)}`, reason: 'error' };
  }
};
