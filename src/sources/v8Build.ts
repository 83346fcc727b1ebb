import { statSync } from 'node:fs';

/**
 * Which V8 runs this: its version, Node's and the size of the program, since V8 refuses a code cache only by its version's
 * numbers, the code and the flags. A cache of Node 20.20 is of the same V8 11.3 as Node 20.19, and ends that by SIGSEGV.
 *
 * @returns undefined where V8 lies in a library of its own (Debian's libnode), which can change behind all that, or where the
 *   program is not found: it was just replaced, or there is no /proc to tell where it is
 */
export const v8Build = (): string | undefined => {
  const { arch, config, execPath, version, versions } = process;
  if ('node_shared' in config.variables && config.variables.node_shared) return undefined;
  const program = statSync(execPath, { throwIfNoEntry: false });
  return program && [versions.v8, version, arch, program.size].join(' ');
};
