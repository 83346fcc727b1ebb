/** What the build makes of the rules judges as the rules do. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { exampleSubjects } from '../../src/auditor/exampleSubjects.ts';
import { loadCatalogue } from '../../src/auditor/loadCatalogue.ts';
import { evaluate } from '../../src/engine/evaluate.ts';
import { catalogueCode } from '../../src/ruleset/catalogueCode.ts';
import { clauseName } from '../../src/ruleset/clauseName.ts';
import { clauseOf, type Validate } from '../../src/ruleset/clauseOf.ts';
import { createCompiler } from '../../src/ruleset/compileRule.ts';
import { ruleInfo } from '../../src/ruleset/ruleInfo.ts';
import { unique } from '../../src/ruleset/vocabulary/repeats.ts';
import { catalogueFiles, loadValidators, type ValidatorModule } from '../../src/sources/compiledCatalogue.ts';

test('every example of every rule comes out the same, with the same words', async (context) => {
  const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs');
  const rules = loadCatalogue([]);
  const folder = mkdtempSync(`${import.meta.dirname}/../../.cache/catalogue-`);
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const code = catalogueCode(rules);
  assert.match(code, /^[\x00-\x7f]*$/);
  writeFileSync(join(folder, catalogueFiles.code), code);
  const validators = loadValidators(folder) as Record<string, Validate> & ValidatorModule;
  validators.vocabulary = { unique };
  const compile = createCompiler();
  for (const rule of rules) {
    const clause = (name: 'when' | 'assert', schema: (typeof rule)['assert']) => {
      const validate = validators[clauseName(rule.id, name)];
      assert.ok(validate !== undefined, `${rule.id} has no ${name} in the generated code`);
      return clauseOf(schema, validate);
    };
    const built = {
      info: ruleInfo(rule),
      ...(rule.when === undefined ? {} : { when: clause('when', rule.when) }),
      assert: clause('assert', rule.assert),
    };
    for (const example of Object.values(rule.examples).flat()) {
      const subjects = exampleSubjects(example);
      assert.deepEqual(evaluate([built], subjects), evaluate([compile(rule)], subjects), `${rule.id}: ${example.name}`);
    }
  }
});
