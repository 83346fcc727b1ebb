/** Of so much longer an input. */
const times = 20;

/** The least of a few runs, in milliseconds: whatever else the machine does only adds to it. */
const least = (run: () => void): number => {
  run();
  const taken = Array.from({ length: 3 }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return Math.min(...taken);
};

/**
 * How many times as long `run` takes on 20 times the length, in one process: at most some 20 times, and some 400 if time grew with
 * the square of it. Anything below 150 is no square.
 *
 * @param length of the smaller input; the larger one is 20 times that
 * @param make the text, whose making is not timed
 */
export const growth = (length: number, make: (length: number) => string, run: (text: string) => void): number => {
  // In one piece, as what was read is: to put it together is not what is timed.
  const [small, large] = [length, times * length].map((each) => Buffer.from(make(each)).toString()) as [string, string];
  const before = least(() => run(small));
  return least(() => run(large)) / before;
};
