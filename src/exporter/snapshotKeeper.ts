import type { Snapshot } from './snapshot.ts';

/** Audits when asked and not too often, and keeps the last result. */
export interface SnapshotKeeper {
  /**
   * The newest snapshot: of an audit that starts now when the last is old, and that all who ask meanwhile share. Past
   * `patience` milliseconds, the one before it; undefined when there is none yet. An audit that failed is tried again no
   * sooner than the interval after its beginning: a host that is too slow for one is not given the next at once.
   */
  fresh(patience: number): Promise<Snapshot | undefined>;
  /** What there is now. */
  last(): Snapshot | undefined;
  /** Why the last audit that ended gave no snapshot, in words; undefined when it gave one, or none has ended. */
  failure(): string | undefined;
  /** Takes nothing for fresh that was begun before: what it was judged by has changed. */
  expire(): void;
}

export interface SnapshotKeeperOptions {
  /** Takes a snapshot; rejects when it could not. */
  take(): Promise<Snapshot>;
  /** Milliseconds for which a snapshot is fresh, and from the beginning of an audit that failed to the next's. */
  minInterval: number;
  /** The monotonic clock, in milliseconds. */
  now(): number;
}

/** A keeper that has nothing yet. */
export const createSnapshotKeeper = ({ take, minInterval, now }: SnapshotKeeperOptions): SnapshotKeeper => {
  let last: Snapshot | undefined;
  let failure: string | undefined;
  // How often all was expired, now and when the last snapshot was begun.
  let expired = 0;
  let lastBegan = 0;
  // When the last audit that failed was begun, and how often all was expired by then.
  let failed: { at: number; expired: number } | undefined;
  let underway: Promise<void> | undefined;

  const refresh = (): Promise<void> => {
    if (underway !== undefined) return underway;
    const began = expired;
    const at = now();
    underway = take()
      .then(
        (snapshot) => {
          last = snapshot;
          lastBegan = began;
          failure = undefined;
        },
        // It is counted where it arose; the snapshot before stays, with its age on it.
        (error: unknown) => {
          failure = error instanceof Error ? error.message : String(error);
          failed = { at, expired: began };
        },
      )
      .finally(() => {
        underway = undefined;
      });
    return underway;
  };

  const fresh = async (patience: number): Promise<Snapshot | undefined> => {
    if (last !== undefined && lastBegan === expired && now() - last.at < minInterval) return last;
    if (failed?.expired === expired && now() - failed.at < minInterval) return last;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([refresh(), tooLate]);
    clearTimeout(timer);
    return last;
  };

  return {
    fresh,
    last: () => last,
    failure: () => failure,
    expire: () => {
      expired += 1;
    },
  };
};
