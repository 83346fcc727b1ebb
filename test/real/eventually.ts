import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait at most, and how long between two looks. The first only ends what has failed: a machine may be slow, or stand still. */
export interface Patience {
  timeoutMs?: number;
  everyMs?: number;
}

/**
 * Looks again and again until `look` finds something, and returns that.
 *
 * @param what is waited for, for the error
 * @throws Error where `look` finds nothing in time, with the last error that it threw, if any
 */
export const eventually = async <T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  { timeoutMs = 60_000, everyMs = 50 }: Patience = {},
): Promise<T> => {
  const end = performance.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const found = await look();
      if (found !== undefined) return found;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await sleep(everyMs);
  } while (performance.now() < end);
  throw new Error(`not within ${timeoutMs / 1000} s: ${what}`, { cause });
};
