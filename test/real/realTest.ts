import { type TestContext, test } from 'node:test';
import type { Component } from './components.ts';
import { requires } from './requires.ts';

/** Where every test must run; elsewhere one that can't is skipped, with the reason. */
const mustRun = Boolean(process.env.CI) || process.env.VIRT_AUDIT_REQUIRE_ALL === '1';

/**
 * A test on real components. Where the machine lacks one, it is skipped, saying what to install; with `CI` or
 * `VIRT_AUDIT_REQUIRE_ALL=1` in the environment it fails with that reason instead.
 */
export const realTest = (
  name: string,
  names: readonly Component[],
  run: (context: TestContext) => void | Promise<void>,
): void => {
  const reason = requires(names);
  // Only against what hangs: a busy machine takes many times as long as an idle one.
  if (reason === undefined) test(name, { timeout: 900_000 }, run);
  else if (mustRun) {
    test(name, () => {
      throw new Error(reason);
    });
  } else test(name, { skip: reason });
};
