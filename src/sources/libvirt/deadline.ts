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
  let missed = false;
  return {
    get missed() {
      return missed;
    },
    milliseconds,
    wait: (call) => {
      call.catch(() => {});
      return new Promise((resolve, reject) => {
        const giveUp = () => {
          missed = true;
          reject(new DeadlineError());
        };
        const timer = setTimeout(giveUp, Math.max(0, end - performance.now()));
        call.then(resolve, reject).finally(() => clearTimeout(timer));
      });
    },
  };
};
