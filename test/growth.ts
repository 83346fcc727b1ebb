/** Of so much longer an input. */
const times = 20;

/** Of the process's own time, in microseconds: what else the machine does is not in it. Less tells nothing. */
const enough = 5000;

const taken = (run: () => void, runs: number): number => {
  const began = process.cpuUsage();
  for (let count = 0; count < runs; count++) run();
  const { user, system } = process.cpuUsage(began);
  return user + system;
};

/** Of one run, in microseconds: the least of what a few rounds of as many runs as take long enough come to. */
const least = (run: () => void): number => {
  let runs = 1;
  while (taken(run, runs) < enough) runs *= 2;
  return Math.min(...Array.from({ length: 3 }, () => taken(run, runs))) / runs;
};

/**
 * How many times as much of the processor `run` takes on 20 times the length, in one process: at most some 20 times, and some 400 if time grew with
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
