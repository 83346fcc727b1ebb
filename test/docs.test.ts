/** What the documentation shows must be true. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixDomains } from '../src/auditor/fixDomain.ts';
import { verifyRule } from '../src/auditor/verifyRule.ts';
import { exampleDocuments } from '../src/ruleset/exampleDocuments.ts';
import { loadRules } from '../src/ruleset/load/loadRules.ts';
import { ruleSchema } from '../src/sources/ruleFiles.ts';

const text = readFileSync(join(import.meta.dirname, '..', 'docs', 'rules.md'), 'utf8');
const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];

test('the worked example of docs/rules.md stands, and its fix mends', () => {
  const [rule] = loadRules([{ path: 'own/domain-has-watchdog.yaml', area: 'own', text: example }], ruleSchema());
  assert.ok(rule !== undefined);
  assert.deepEqual(
    verifyRule(rule).filter(({ problem }) => problem !== undefined),
    [],
  );
  for (const { documents } of rule.examples.fail) {
    const { after } = fixDomains(rule, exampleDocuments(documents));
    assert.deepEqual(
      after.map(({ outcome }) => outcome),
      ['pass'],
    );
  }
});
