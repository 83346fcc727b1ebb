/** Does one work at a time. @returns what it came to; undefined where it can't wait, or no longer, since too many do */
export type Turns = <T>(holder: string, work: () => Promise<T>) => Promise<T | undefined>;

interface Waiting {
  holder: string;
  /** Each holder has one turn in each round. */
  round: number;
  begin(): void;
  /** Makes room for another. */
  leave(): void;
}

/**
 * Turns that holders take in rounds, so that whoever asks much waits behind whoever asks little. Where `most` are under way or
 * wait, who has the most waiting gives up the last of them for a holder who has fewer.
 */
export const createTurns = (most: number): Turns => {
  // As they came.
  const line: Waiting[] = [];
  let underway = false;
  // Of the one that is under way.
  let round = 0;

  const waitingOf = (holder: string): Waiting[] => line.filter((one) => one.holder === holder);

  const remove = (one: Waiting): void => void line.splice(line.indexOf(one), 1);

  const next = (): void => {
    const least = Math.min(...line.map((one) => one.round));
    const first = line.find((one) => one.round === least);
    underway = first !== undefined;
    if (first === undefined) return;
    remove(first);
    round = first.round;
    first.begin();
  };

  const makeRoom = (holder: string): boolean => {
    if (line.length + 1 < most) return true;
    const largest = Math.max(waitingOf(holder).length + 2, ...line.map((one) => waitingOf(one.holder).length));
    const leaving = line.findLast((one) => waitingOf(one.holder).length === largest);
    if (leaving === undefined) return false;
    remove(leaving);
    leaving.leave();
    return true;
  };

  return (holder, work) =>
    new Promise((resolve, reject) => {
      if (!makeRoom(holder)) return resolve(undefined);
      line.push({
        holder,
        round: Math.max(round, ...waitingOf(holder).map((one) => one.round)) + 1,
        begin: () => void work().then(resolve, reject).finally(next),
        leave: () => resolve(undefined),
      });
      if (!underway) next();
    });
};
