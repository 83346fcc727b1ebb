/** The one test of every rule: its examples, run through the real parsers and the real engine, and mutants of it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadCatalogue } from '../src/auditor/loadCatalogue.ts';
import { verifyRule } from '../src/auditor/verifyRule.ts';

for (const rule of loadCatalogue([])) {
  describe(rule.id, () => {
    for (const { name, problem } of verifyRule(rule)) {
      test(name, () => {
        if (problem !== undefined) assert.fail(problem);
      });
    }
  });
}
