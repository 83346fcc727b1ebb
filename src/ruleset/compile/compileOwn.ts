import type { Clause, CompiledRule } from '../../model/clause.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Rule } from '../../model/rule.ts';
import { boundedClause } from './boundedClause.ts';
import { createCompiler } from './compileRule.ts';

/** For one subject, in milliseconds: thousands of times what any clause takes, and well within a scrape's timeout. */
const mostTime = 2000;

/** Only a pattern's time can grow beyond what is asked of it. */
const hasPattern = (schema: JsonObject): boolean => JSON.stringify(schema).includes('"pattern"');

const bounded = (clause: Clause, schema: JsonObject): Clause =>
  hasPattern(schema) ? boundedClause(clause, mostTime) : clause;

/** Compiles an operator's own rules, which may have patterns that backtrack without end. */
export const createOwnCompiler = (): ((rule: Rule) => CompiledRule) => {
  const compile = createCompiler();
  return (rule) => {
    const { info, when, assert } = compile(rule);
    return {
      info,
      ...(when === undefined || rule.when === undefined ? {} : { when: bounded(when, rule.when) }),
      assert: bounded(assert, rule.assert),
    };
  };
};
