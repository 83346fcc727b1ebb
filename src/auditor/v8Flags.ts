/** V8 of Node.js 20 to 24, which has these flags. One that a V8 does not know keeps Node from starting. */
const known = /^1[123]\./;

/**
 * How the auditor's process is started, given V8's version. An audit's code is wide, not hot: hundreds of validators, each
 * called once for a domain. To compile all that at once takes longer than a first audit gains by it, so V8 is told to wait
 * until code has shown to be hot (docs/performance.md).
 */
export const v8Flags = (version: string): readonly string[] =>
  known.test(version) ? ['--no-sparkplug', '--interrupt-budget=200000'] : [];
