import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutErrors } from '../../../src/ruleset/compile/withoutErrors.ts';

const cases: readonly (readonly [name: string, code: string, left: string])[] = [
  ['what is returned', 'v.errors = [{a:{b:[1]}}];return false;', 'v.errors = 0;return false;'],
  ['what is gathered', 'const err12 = {a:f(")")};x()', 'const err12 = 0;x()'],
  ['brackets in strings', `const err0 = {a:"}\\"]",b:'{'};x`, 'const err0 = 0;x'],
  ['several', 'const err0 = {a:1};const err1 = {b:2};', 'const err0 = 0;const err1 = 0;'],
  ['what is no value', 'v.errors = vErrors;const schema0 = {a:1};', 'v.errors = vErrors;const schema0 = {a:1};'],
];
for (const [name, code, left] of cases) test(name, () => assert.equal(withoutErrors(code), left));

test('code that is cut off is refused', () => {
  assert.throws(() => withoutErrors('const err0 = {a:'), /ends inside a value/);
  assert.throws(() => withoutErrors('const err0 = {a:"'), /ends inside a string/);
});
