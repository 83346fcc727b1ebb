import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { Job, JobResult } from './job.ts';
import type { RulesetFiles } from './rulesetFiles.ts';
import { v8Flags } from './v8Flags.ts';

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
  /** Ends the process once it has nothing to do. */
  retire(): void;
  /** The process's id while it runs. */
  pid(): number | undefined;
}

/** In the sources the child is a .ts file, in the build a .js file, beside this one either way. */
const childModule = join(import.meta.dirname, `child${extname(import.meta.filename)}`);

/**
 * Threads that call libvirt. The daemon answers five at once (see sources/libvirt/libvirt.ts); the others have their call
 * on the way already, so that neither side falls asleep between two: that takes a quarter of the time of reading.
 */
const threads = 16;

/**
 * libvirt's messages are all that the binding tells errors apart by, so they must come untranslated. Detached, the process
 * leads a group of its own, so that what it has started ends with it. It is not given this one's standard error: to hand that
 * on makes it one that waits for its reader, for both, and then a log that nobody reads would hold up every page.
 */
const start = (): ChildProcess => {
  const child = fork(childModule, {
    env: { UV_THREADPOOL_SIZE: String(threads), ...process.env, LC_ALL: 'C' },
    execArgv: [...process.execArgv, ...v8Flags(process.versions.v8)],
    serialization: 'advanced',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.stderr?.pipe(process.stderr, { end: false });
  return child;
};

/** How long a process may take to start and load its rules, in milliseconds. */
const patienceWithStart = 30_000;

/** After a bug anything may be wrong in the process, and calls that are stuck keep its threads. */
const isLast = (result: JobResult): boolean => result.kind === 'bug' || (result.kind === 'done' && result.stuck);

const kill = ({ pid }: ChildProcess): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};

/** No message reaches a process that has ended; its `exit` event, which is to come, says how it did. */
const hasEnded = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_IPC_CHANNEL_CLOSED';

/** A process for which no file descriptor was left has no channel; its `error` event, which is to come, says why. */
const send = (child: ChildProcess, message: Job | RulesetFiles, sent: (error: Error | null) => void): void => {
  if (child.pid !== undefined) child.send(message, sent);
};

/**
 * An auditor whose process is not started yet.
 *
 * @param files the texts of rules and profile, so that a process that replaces another judges by the same ones
 */
export const createAuditor = (files?: RulesetFiles): Auditor => {
  let child: ChildProcess | undefined;
  let abandon: ((reason: string) => void) | undefined;
  let retired = false;
  let renewed: Promise<unknown> = Promise.resolve();

  const discard = (): void => {
    if (child !== undefined) kill(child);
    child = undefined;
  };

  const begin = (): ChildProcess => {
    const started = start();
    // What goes wrong while a job runs is told to who waits for it; nothing else may end this process.
    started.on('error', () => {});
    started.once('exit', () => {
      if (child === started) child = undefined;
    });
    if (files !== undefined) send(started, files, () => {});
    return started;
  };

  const exchange = (job: Job, deadline: number): Promise<JobResult> =>
    new Promise((resolve, reject) => {
      child ??= begin();
      const current = child;
      const settle = (): void => {
        clearTimeout(timer);
        abandon = undefined;
        current.off('message', answered).off('error', failed).off('exit', ended);
        if (retired) discard();
      };
      const fail = (message: string): void => {
        settle();
        discard();
        reject(new AuditorError(message));
      };
      const answered = (result: JobResult): void => {
        settle();
        if (isLast(result)) discard();
        resolve(result);
      };
      const failed = ({ message }: Error) => fail(`the auditor's process: ${message}`);
      const ended = (code: number | null, signal: string | null) =>
        fail(`the auditor's process ended early (${signal ?? `exit ${code}`})`);
      const timer = setTimeout(
        () =>
          fail(`the audit did not end within ${deadline / 1000} s; give it more by --timeout (serve: --audit.timeout)`),
        deadline,
      );
      abandon = fail;
      current.once('message', answered).once('error', failed).once('exit', ended);
      send(current, job, (error) => {
        if (error !== null && abandon === fail && !hasEnded(error)) failed(error);
      });
    });

  /**
   * Where audits go on, the next process loads its rules at once: its start would else come out of the next audit's time,
   * and on a busy machine none would ever be in time again.
   */
  const renew = (job: Job): void => {
    if (files === undefined || retired) return;
    renewed = exchange({ ...job, renderings: [], dryRun: true }, patienceWithStart).catch(() => {});
  };

  const run = async (job: Job, deadline: number): Promise<JobResult> => {
    await renewed;
    try {
      const result = await exchange(job, deadline);
      if (isLast(result)) renew(job);
      return result;
    } catch (error) {
      renew(job);
      throw error;
    }
  };

  return {
    run,
    stop: () => {
      retired = true;
      abandon?.('the auditor was stopped');
      discard();
    },
    retire: () => {
      retired = true;
      if (abandon === undefined) discard();
    },
    pid: () => child?.pid,
  };
};
