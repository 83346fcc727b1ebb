import { type ChildProcess, spawn } from 'node:child_process';

/** How a command ended: its exit code is null where a signal (a timeout's, too) ended it. */
export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** What a command may be given. */
export interface CommandOptions {
  /** Written to its standard input, which is then closed. */
  input?: string;
  /** Replaces the environment of the tests. */
  env?: NodeJS.ProcessEnv;
  /** After this long it is ended by SIGKILL; five minutes by default, since no test may hang and a machine may be slow. */
  timeoutMs?: number;
}

const textOf = (stream: ChildProcess['stdout']): (() => string) => {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
};

/** Runs a command to its end. A failing command is a result, not an error; one that can't be started is an error. */
export const runCommand = (
  command: string,
  args: readonly string[],
  { input = '', env, timeoutMs = 300_000 }: CommandOptions = {},
): Promise<CommandResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, env === undefined ? {} : { env });
    const stdout = textOf(child.stdout);
    const stderr = textOf(child.stderr);
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      // A grandchild may hold the pipes open, which would keep `close` from coming.
      child.stdout.destroy();
      child.stderr.destroy();
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout: stdout(), stderr: stderr() });
    });
    // A command that ends without reading its input is no failure of the test's.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
