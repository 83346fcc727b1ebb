import { Script } from 'node:vm';
import type { Clause } from '../../model/clause.ts';
import { ClauseTimeout } from '../../model/clauseTimeout.ts';
import type { JsonObject } from '../../model/json.ts';

/** Only what runs through vm can be stopped in the middle of a regular expression; this runs what is left for it here. */
const waiting = globalThis as { virtAuditClause?: () => unknown };
const script = new Script('virtAuditClause()');

const within = <T>(milliseconds: number, run: () => T): T => {
  waiting.virtAuditClause = run;
  try {
    return script.runInThisContext({ timeout: milliseconds }) as T;
  } finally {
    delete waiting.virtAuditClause;
  }
};

const isTimeout = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/**
 * The same clause, given up when it takes too long once: a pattern that backtracks without end must cost the audit nothing
 * but its own rule. To ask costs some 60 µs, so this is for clauses that nobody has tried on every kind of domain.
 *
 * @param milliseconds for one subject
 * @returns a clause whose functions throw ClauseTimeout, at once when the clause has been given up before
 */
export const boundedClause = (clause: Clause, milliseconds: number): Clause => {
  let givenUp: ClauseTimeout | undefined;
  const bounded =
    <T>(ask: (facts: JsonObject) => T) =>
    (facts: JsonObject): T => {
      if (givenUp !== undefined) throw givenUp;
      try {
        return within(milliseconds, () => ask(facts));
      } catch (error) {
        if (!isTimeout(error)) throw error;
        givenUp = new ClauseTimeout(milliseconds);
        throw givenUp;
      }
    };
  return {
    ...clause,
    // What a value must meet is asked without a bound: of these clauses nothing is known but where they look.
    looks: clause.looks.map(({ at, sees }) => ({ at, sees: typeof sees === 'object' && 'met' in sees ? 'all' : sees })),
    holds: bounded((facts) => clause.holds(facts)),
    violations: bounded((facts) => clause.violations(facts)),
  };
};
