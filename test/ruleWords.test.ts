/** What built-in rules say of what they want: words, never a regular expression. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalogue } from '../src/auditor/loadCatalogue.ts';
import { describe } from '../src/ruleset/explain/describe.ts';

test('what a built-in rule expects is said in words: a description is beside each of its patterns', () => {
  const patterns = loadCatalogue([]).filter((rule) => describe(rule.assert, {}).includes('text that matches'));
  assert.deepEqual(
    patterns.map(({ id }) => id),
    [],
  );
});
