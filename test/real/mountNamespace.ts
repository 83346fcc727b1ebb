import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type CommandOptions, type CommandResult, runCommand } from './runCommand.ts';

const script = fileURLToPath(new URL('mount-namespace.sh', import.meta.url));

/** A mount namespace with private, empty libvirt folders; its processes end with it, and it with the test's process. */
export interface MountNamespace extends AsyncDisposable {
  /** Runs a command inside to its end. */
  run(command: string, args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Starts a command inside; the child's pid and signals are the command's own. */
  spawn(command: string, args: readonly string[], env?: NodeJS.ProcessEnv): ChildProcessWithoutNullStreams;
  /** Where an absolute path of the inside is to be read and written from the outside. */
  path(inside: string): string;
  /** Ends every process inside and, with the last of them, the namespace. */
  close(): Promise<void>;
}

/**
 * Opens a new mount namespace; needs root.
 *
 * @param root is a folder with another Debian, of which the commands and paths of the inside are to be
 */
export const openMountNamespace = async (root?: string): Promise<MountNamespace> => {
  // Detached, so that a Ctrl-C in the terminal reaches the tests alone, and the holder through its input's end.
  const holder = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', script, ...(root ? [root] : [])], {
    detached: true,
  });
  const closed = once(holder, 'close');
  const said: string[] = [];
  holder.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
  const ready = await Promise.race([once(createInterface(holder.stdout), 'line'), closed]);
  const { pid } = holder;
  if (ready[0] !== 'ready' || pid === undefined) throw new Error(`no private mount namespace: ${said.join('').trim()}`);
  // A test that forgets to close must end all the same, and its end closes.
  holder.unref();
  for (const stream of holder.stdio) if (stream instanceof Socket) stream.unref();

  const seen = join('/proc', String(pid), 'root', root ?? '');
  // Entering changes to the root folder. Messages are read in English, and another Debian has no home to write to.
  const elsewhere = ['LC_ALL=C', 'HOME=/tmp', 'XDG_CACHE_HOME=/tmp', 'chroot'];
  const within = root === undefined ? [`--chdir=${process.cwd()}`, 'LC_ALL=C.UTF-8'] : [...elsewhere, root];
  const enter = (command: string, args: readonly string[]): string[] => {
    return [`--mount=/proc/${pid}/ns/mnt`, 'env', ...within, command, ...args];
  };
  const close = async (): Promise<void> => {
    holder.ref();
    holder.stdin.end();
    await closed;
  };
  return {
    run: (command, args, options) => runCommand('nsenter', enter(command, args), options),
    spawn: (command, args, env) => spawn('nsenter', enter(command, args), env === undefined ? {} : { env }),
    path: (inside) => join(seen, inside),
    close,
    [Symbol.asyncDispose]: close,
  };
};
