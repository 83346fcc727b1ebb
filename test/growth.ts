import assert from 'node:assert/strict';

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

/** Where time grows with the length it is some 20, or 40 with what comes on top; where it grows with the square, some 400. */
const most = 150;

/**
 * Asserts that the processor's time that `run` takes, in one process, does not grow with the square of the length.
 *
 * @param length of the smaller input; the larger one is 20 times that
 * @param make the text, whose making is not timed
 */
export const growsWithLength = (
  length: number,
  make: (length: number) => string,
  run: (text: string) => void,
): void => {
  // In one piece, as what was read is: to put it together is not what is timed.
  const [small, large] = [length, times * length].map((each) => Buffer.from(make(each)).toString()) as [string, string];
  const before = least(() => run(small));
  const after = least(() => run(large));
  assert.ok(after / before < most, `${after} µs instead of ${before} µs for ${times} times the length`);
};
