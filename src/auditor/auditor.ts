import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { Job, JobResult } from './job.ts';

/** An audit did not end in time, or its process ended before it did. */
export class AuditorError extends Error {
  override readonly name = 'AuditorError';
}

/** Audits in a process of its own, which is started when needed and replaced when it hangs. */
export interface Auditor {
  /**
   * Runs one job; one at a time.
   *
   * @param deadline in milliseconds; past it the process is killed
   * @throws AuditorError
   */
  run(job: Job, deadline: number): Promise<JobResult>;
  /** Ends the process, whatever it is doing. */
  stop(): void;
  /** The process's id while it runs. */
  pid(): number | undefined;
}

/** In the sources the child is a .ts file, in the build a .js file, beside this one either way. */
const childModule = join(import.meta.dirname, `child${extname(import.meta.filename)}`);

/** libvirt's messages are all that the binding tells errors apart by, so they must come untranslated. */
const start = (): ChildProcess =>
  fork(childModule, { env: { ...process.env, LC_ALL: 'C' }, serialization: 'advanced' });

/** An auditor whose process is not started yet. */
export const createAuditor = (): Auditor => {
  let child: ChildProcess | undefined;

  const stop = (): void => {
    child?.removeAllListeners();
    child?.kill('SIGKILL');
    child = undefined;
  };

  const run = (job: Job, deadline: number): Promise<JobResult> =>
    new Promise((resolve, reject) => {
      child ??= start();
      const current = child;
      const timer = setTimeout(() => fail(`the audit did not end within ${deadline / 1000} s`), deadline);
      const settle = (): void => {
        clearTimeout(timer);
        current.removeAllListeners();
      };
      const fail = (message: string): void => {
        settle();
        stop();
        reject(new AuditorError(message));
      };
      current.once('message', (result: JobResult) => {
        settle();
        if (result.kind === 'bug' || (result.kind === 'done' && result.stuck)) stop();
        resolve(result);
      });
      current.once('error', ({ message }) => fail(`the auditor's process: ${message}`));
      current.once('exit', (code, signal) => fail(`the auditor's process ended early (${signal ?? `exit ${code}`})`));
      current.send(job, (error) => {
        if (error !== null) fail(`the auditor's process: ${error.message}`);
      });
    });

  return { run, stop, pid: () => child?.pid };
};
