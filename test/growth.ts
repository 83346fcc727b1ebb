/** Of so much longer an input. */
const times = 20;

/** The least of a few runs, in milliseconds: whatever else the machine does only adds to it. */
const least = (run: () => void): number => {
  const taken = Array.from({ length: 3 }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return Math.min(...taken);
};

/**
 * How many times as long `run` takes on 20 times the length, in one process: some 20 times, and some 400 if time grew with the
 * square of it. Anything below 150 is no square.
 *
 * @param length of the smaller input; the larger one is 20 times that
 */
export const growth = (length: number, run: (length: number) => void): number => {
  run(length);
  const small = least(() => run(length));
  return least(() => run(times * length)) / small;
};
