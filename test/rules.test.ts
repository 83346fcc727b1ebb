/** The one test of every rule: its examples, run through the real parsers and the real engine. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadCatalogue } from '../src/auditor/loadCatalogue.ts';
import { runExample } from '../src/auditor/runExample.ts';
import type { Finding } from '../src/model/finding.ts';
import type { Example } from '../src/model/rule.ts';
import { createCompiler } from '../src/ruleset/compileRule.ts';

const compile = createCompiler();

const outcomes = (findings: readonly Finding[]) => findings.map(({ outcome }) => outcome);

const explain = (findings: readonly Finding[]): string => JSON.stringify(findings, null, 2);

/** All of one outcome, but for subjects that the rule does not apply to. */
const mustBe = (findings: readonly Finding[], outcome: Finding['outcome']): void => {
  const judged = outcomes(findings).filter((other) => outcome === 'notapplicable' || other !== 'notapplicable');
  assert.ok(judged.length > 0, `the rule judged nothing: ${explain(findings)}`);
  assert.deepEqual([...new Set(judged)], [outcome], explain(findings));
};

const mustFailAt = (findings: readonly Finding[], { at }: Example): void => {
  const failing = findings.filter((finding) => finding.outcome === 'fail');
  assert.ok(failing.length > 0, `nothing fails: ${explain(findings)}`);
  assert.ok(!outcomes(findings).includes('error'), explain(findings));
  for (const { violations } of failing)
    assert.deepEqual(
      violations.map((violation) => violation.at),
      at,
    );
};

for (const rule of loadCatalogue([])) {
  describe(rule.id, () => {
    const compiled = compile(rule);
    const { pass, fail, notapplicable, error } = rule.examples;
    for (const example of pass) test(`passes: ${example.name}`, () => mustBe(runExample(compiled, example), 'pass'));
    for (const example of fail)
      test(`fails: ${example.name}`, () => mustFailAt(runExample(compiled, example), example));
    for (const example of notapplicable) {
      test(`does not apply: ${example.name}`, () => mustBe(runExample(compiled, example), 'notapplicable'));
    }
    for (const example of error)
      test(`can't be judged: ${example.name}`, () => mustBe(runExample(compiled, example), 'error'));

    test('does not pass on empty facts, or says why', () => {
      const holds = compiled.assert.violations({}).length === 0;
      if (rule.vacuous === undefined)
        assert.ok(!holds, 'assert holds on {}: demand that something exists, or explain with vacuous');
      else assert.ok(holds, 'vacuous explains what is not so');
    });
    test('says of itself what a person needs', () => {
      assert.doesNotMatch(rule.title, /\.$/);
      assert.ok(rule.tags.length > 0, 'a rule without tags is found by nobody');
      assert.ok(notapplicable.length > 0 || rule.when === undefined, 'a rule with when shows where it does not apply');
    });
  });
}
