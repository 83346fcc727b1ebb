import { execFile } from 'node:child_process';

/** What became of one run of virsh. */
export type VirshResult =
  /** `errors` is what it said on standard error all the same. */
  | { kind: 'done'; output: string; errors: string }
  /** It is not installed. */
  | { kind: 'missing' }
  /** It was killed, since it did not end in time. */
  | { kind: 'late' }
  /** `errors` is all that it said on standard error. */
  | { kind: 'failed'; errors: string };

/**
 * Runs virsh, in English, and kills it after `milliseconds`: a process of its own can be ended when it hangs.
 *
 * @param input commands, of which virsh goes on with the next after one that fails
 */
export const runVirsh = (args: readonly string[], milliseconds: number, input = ''): Promise<VirshResult> =>
  new Promise((resolve) => {
    const options = {
      // Node refuses parts of a millisecond, and takes 0 for no end.
      timeout: Math.max(Math.ceil(milliseconds), 1),
      killSignal: 'SIGKILL',
      maxBuffer: 64 << 20,
      env: { ...process.env, LC_ALL: 'C' },
    } as const;
    const child = execFile('virsh', args, options, (error, output, errors) => {
      if (error === null) resolve({ kind: 'done', output, errors: errors.trim() });
      else if ('code' in error && (error.code as unknown) === 'ENOENT') resolve({ kind: 'missing' });
      else if (error.killed) resolve({ kind: 'late' });
      else resolve({ kind: 'failed', errors: errors.trim() || error.message });
    });
    // What virsh no longer reads, since it has ended, is told by how it ended.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
