import type { RateLimit } from './webConfig.ts';

/**
 * A token bucket: full to begin with, and given one token each interval.
 *
 * @param now a monotonic clock, in milliseconds
 * @returns takes a token; where there is none, says in how many milliseconds there will be
 */
export const createRateLimit = ({ interval, burst }: RateLimit, now: () => number): (() => number) => {
  let tokens = burst;
  let filled = now();
  return () => {
    const time = now();
    tokens = Math.min(burst, tokens + (time - filled) / interval);
    filled = time;
    if (tokens < 1) return (1 - tokens) * interval;
    tokens -= 1;
    return 0;
  };
};
