/** What the build makes of the rules judges as the rules do. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exampleSubjects } from '../../../src/auditor/exampleSubjects.ts';
import { loadCatalogue } from '../../../src/auditor/loadCatalogue.ts';
import { evaluate } from '../../../src/engine/evaluate.ts';
import { catalogueCode } from '../../../src/ruleset/compile/catalogueCode.ts';
import { clauseName } from '../../../src/ruleset/compile/clauseName.ts';
import { clauseOf, type Validate } from '../../../src/ruleset/compile/clauseOf.ts';
import { createCompiler } from '../../../src/ruleset/compile/compileRule.ts';
import { ruleInfo } from '../../../src/ruleset/compile/ruleInfo.ts';
import { unique } from '../../../src/ruleset/vocabulary/repeats.ts';
import { catalogueFiles, loadValidators, type ValidatorModule } from '../../../src/sources/compiledCatalogue.ts';
import { cacheFolder } from '../../real/cacheFolder.ts';
import { temporaryFolder } from '../../real/temporaryFolder.ts';

test('every example of every rule comes out the same, with the same words', async (context) => {
  const rules = loadCatalogue([]);
  // Below the project, where its code finds the dependencies.
  const { path: folder, ...temporary } = await temporaryFolder(await cacheFolder('catalogue'));
  context.after(() => temporary[Symbol.asyncDispose]());
  const load = (explaining: boolean) => {
    const code = catalogueCode(rules, { explaining });
    assert.match(code, /^[\x00-\x7f]*$/);
    const files = catalogueFiles[explaining ? 'explaining' : 'validators'];
    writeFileSync(join(folder, files.code), code);
    const loaded = loadValidators(files, folder) as Record<string, Validate> & ValidatorModule;
    loaded.vocabulary = { unique };
    return loaded;
  };
  const [validators, explaining] = [load(false), load(true)];
  const compile = createCompiler();
  for (const rule of rules) {
    const clause = (name: 'when' | 'assert', schema: (typeof rule)['assert']) => {
      const [quick, thorough] = [validators, explaining].map((module) => module[clauseName(rule.id, name)]);
      assert.ok(quick !== undefined && thorough !== undefined, `${rule.id} has no ${name} in the generated code`);
      return clauseOf(schema, quick, () => thorough);
    };
    const built = {
      info: ruleInfo(rule),
      ...(rule.when === undefined ? {} : { when: clause('when', rule.when) }),
      assert: clause('assert', rule.assert),
    };
    for (const example of Object.values(rule.examples).flat()) {
      const subjects = exampleSubjects(example);
      for (const { facts } of subjects) {
        for (const clause of [built.when, built.assert]) {
          if (clause !== undefined) assert.equal(clause.holds(facts), clause.violations(facts).length === 0, rule.id);
        }
      }
      assert.deepEqual(evaluate([built], subjects), evaluate([compile(rule)], subjects), `${rule.id}: ${example.name}`);
    }
  }
});
