const leftOver = /(?:\.dpkg-(?:new|old|dist|bak|remove)|\.pacsave|\.pacnew|\.rpmnew|\.rpmsave|\.orig|\.rej|~)$/;

/** Whether apparmor_parser loads a file of this name from a directory: hidden files and what packages leave behind are skipped. */
export function isPolicyFileName(name: string): boolean {
  return !name.startsWith('.') && name !== 'README' && !leftOver.test(name);
}
