/** What the system's codes say to who does not know them by heart (errno(3)). */
const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'the address is in use',
  EADDRNOTAVAIL: 'this host has no such address',
  EAFNOSUPPORT: 'this host has no addresses of that kind',
  EAI_AGAIN: 'its name could not be looked up',
  EFBIG: 'the file would be too large',
  EINVAL: 'the system does not take it',
  EIO: 'the device fails to read or write',
  EISDIR: 'it is a folder',
  ELOOP: 'links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENFILE: 'too many files are open',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space is left',
  ENOTDIR: 'a part of the path is no folder',
  ENOTFOUND: 'no such host',
  ENXIO: 'nobody reads from it',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
};

/** Why a call of the system failed, in words; by its code where there are none, and else as the error itself has it. */
export const systemFault = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? message : (words[code] ?? code);
};
