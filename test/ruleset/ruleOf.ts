import type { Clause, CompiledRule } from '../../src/model/clause.ts';
import type { Violation } from '../../src/model/finding.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Rule } from '../../src/model/rule.ts';
import { createCompiler } from '../../src/ruleset/compile/compileRule.ts';

/** A rule as the loader hands it over. */
export const ruleOf = (about: Partial<Rule>): Rule => ({
  id: 'channel-named',
  area: 'channels',
  title: 'Every channel has a name',
  severity: 'low',
  target: 'domain',
  tags: [],
  rationale: 'Nobody finds it otherwise.',
  remediation: 'Name it.',
  references: [],
  file: 'channel-named.yaml',
  assert: {},
  examples: { pass: [], fail: [], notapplicable: [], error: [] },
  ...about,
});

const compile = createCompiler();

const compiled = (clause: JsonObject): CompiledRule => compile(ruleOf({ assert: clause }));

/** A clause compiled as that of any rule. */
export const clauseOf = (clause: JsonObject): Clause => compiled(clause).assert;

/** Where `facts` are not as the clause wants them. */
export const violationsOf = (clause: JsonObject, facts: JsonObject): readonly Violation[] =>
  clauseOf(clause).violations(facts);
