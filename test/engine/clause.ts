import type { Clause, CompiledRule } from '../../src/model/clause.ts';
import type { Violation } from '../../src/model/finding.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { pointerTokens } from '../../src/model/pointer.ts';
import type { Rule, RuleInfo } from '../../src/model/rule.ts';
import { createCompiler } from '../../src/ruleset/compile/compileRule.ts';

/** A clause that looks at some places and is broken at others, whatever the facts. */
export const clause = (touches: readonly string[], brokenAt: readonly string[]): Clause => ({
  touches: touches.map(pointerTokens),
  looks: touches.map((place) => ({ at: pointerTokens(place), sees: 'all' })),
  conditions: [],
  prepare: () => {},
  holds: () => brokenAt.length === 0,
  violations: (): Violation[] => brokenAt.map((at) => ({ at, message: 'expected otherwise' })),
});

const info: RuleInfo = {
  id: 'domain-state-known',
  area: 'test',
  title: 'The state is known',
  severity: 'high',
  target: 'domain',
  tags: [],
  rationale: 'Nothing goes without it.',
  remediation: 'Tell it.',
  references: [],
};

/** A rule as from a file. */
export const loadedRule = (
  clauses: { when?: JsonObject; assert: JsonObject },
  about: Partial<RuleInfo> = {},
): Rule => ({
  ...info,
  ...about,
  ...clauses,
  file: 'domain-state-known.yaml',
  examples: { pass: [], fail: [], notapplicable: [], error: [] },
});

/** A rule compiled as those from files are. */
export const rule = (clauses: { when?: JsonObject; assert: JsonObject }, about?: Partial<RuleInfo>): CompiledRule =>
  createCompiler()(loadedRule(clauses, about));
