/** How old what was read may be, in milliseconds. */
export interface Ages {
  /** Past this it is read anew, after whoever asked has it. */
  young: number;
  /** Past this whoever asks waits for it to be read. */
  old: number;
}

/**
 * Reads something that takes long no more often than it must, and where it is asked for in quick succession, while nobody
 * waits for it.
 *
 * @param now a monotonic clock, in milliseconds
 * @param later does a thing once what is under way has been done
 */
export const readAtMost = <T>(
  read: () => Promise<T>,
  { young, old }: Ages,
  now: () => number,
  later: (work: () => void) => void,
): (() => Promise<T>) => {
  let kept: { at: number; value: Promise<T> } | undefined;
  let isDue = false;
  const readNow = (): Promise<T> => {
    kept = { at: now(), value: read() };
    return kept.value;
  };
  const readBehind = (): void => {
    isDue = false;
    // Whoever asks next is told.
    readNow().catch(() => {});
  };
  return () => {
    const age = kept === undefined ? Number.POSITIVE_INFINITY : now() - kept.at;
    if (kept === undefined || age > old) return readNow();
    if (age > young && !isDue) {
      isDue = true;
      later(readBehind);
    }
    return kept.value;
  };
};
