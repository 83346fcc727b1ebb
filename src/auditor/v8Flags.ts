/**
 * A first audit leaves a few dozen MiB and makes ten times as much that is not kept. V8 begins with a heap that it must grow for
 * that, and looks through all of it each time.
 */
const heap = ['--initial-old-space-size=128', '--min-semi-space-size=16', '--max-semi-space-size=16'];

/**
 * In a first audit Maglev's code is fast enough: to have TurboFan compile it again, while that audit still runs, takes the other
 * processor from libvirtd. Its turn comes a few audits later.
 */
const later = ['--invocation-count-for-turbofan=50000'];

/**
 * Flags by what V8's version begins with: 11.3 is Node.js 20's, 12 is 22's, 13 is 24's, 14 is 26's. One that a V8 does not know
 * keeps Node from starting, and `--interrupt-budget` went with 11.8, of Node.js 21. Since 13 Sparkplug compiles beside the main
 * thread; before, it holds it up for longer than a first audit gains by it.
 */
const known: Readonly<Record<string, readonly string[]>> = {
  '11.3.': ['--no-sparkplug', '--interrupt-budget=200000', ...heap],
  '12.': ['--no-sparkplug', ...later, ...heap],
  '13.': [...later, ...heap],
  '14.': [...later, ...heap],
};

/**
 * How the auditor's process is started, given V8's version; a V8 that nobody has tried is given nothing. An audit's code is
 * wide, not hot: hundreds of validators, each called once for a domain. To compile all that at once takes longer than a first
 * audit gains by it, so V8 is told to wait until code has shown to be hot (docs/performance.md).
 */
export const v8Flags = (version: string): readonly string[] =>
  Object.entries(known).find(([start]) => version.startsWith(start))?.[1] ?? [];
