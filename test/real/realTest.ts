import { type TestContext, test } from 'node:test';
import type { Component } from './components.ts';
import { requires } from './requires.ts';

// What tests write for other users to read is theirs to read, whatever the umask of who runs the tests.
process.umask(0o022);

/** No test may hang; building at first use what is kept in the cache is in it. */
const timeout = 1_200_000;

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
  if (reason === undefined) test(name, { timeout }, run);
  else if (mustRun) {
    test(name, () => {
      throw new Error(reason);
    });
  } else test(name, { skip: reason });
};
