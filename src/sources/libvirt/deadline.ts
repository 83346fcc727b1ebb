/** A call did not come back in time. It can't be cancelled: only the end of the process frees its thread. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** Waits for calls, but never past one moment. */
export interface Deadline {
  /** Settles as `call` does, or rejects with DeadlineError when time is up. */
  wait<T>(call: Promise<T>): Promise<T>;
  /** Whether a call was given up, so that it holds its thread still. */
  readonly missed: boolean;
  /** How long the whole deadline was, in milliseconds. */
  readonly milliseconds: number;
}

/** A deadline `milliseconds` from now. */
export const createDeadline = (milliseconds: number): Deadline => {
  const end = performance.now() + milliseconds;
  /** What gives up each call that is waited for: one timer for all, since there are a thousand calls. */
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let missed = false;
  const giveUpAll = (): void => {
    timer = undefined;
    missed ||= waiting.size > 0;
    for (const giveUp of waiting) giveUp();
    waiting.clear();
  };
  return {
    get missed() {
      return missed;
    },
    milliseconds,
    wait: (call) =>
      new Promise((resolve, reject) => {
        const giveUp = () => reject(new DeadlineError());
        const answered = (): void => {
          waiting.delete(giveUp);
          if (waiting.size > 0) return;
          clearTimeout(timer);
          timer = undefined;
        };
        waiting.add(giveUp);
        timer ??= setTimeout(giveUpAll, Math.max(0, end - performance.now()));
        call.then(
          (value) => {
            answered();
            resolve(value);
          },
          (error: unknown) => {
            answered();
            reject(error);
          },
        );
      }),
  };
};
