import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml } from '../../src/ruleset/yamlFile.ts';

for (const text of ['id: &x [*x]\n', 'id: &x\n  a: *x\n']) {
  test(`an alias within what it stands for is refused with its line: ${JSON.stringify(text)}`, () => {
    const line = text.split('\n').findIndex((each) => each.includes('*x')) + 1;
    assert.deepEqual(parseYaml(text), [{ line, message: 'the alias x stands for what holds it' }]);
  });
}
