import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clauseOf, type Validate } from '../../../src/ruleset/compile/clauseOf.ts';

test('a validator is called to be compiled, though nobody asks it where what is demanded is missing', () => {
  let called = 0;
  const validate: Validate = () => {
    called += 1;
    return true;
  };
  const clause = clauseOf({ has: { '/a': {} } }, validate, () => validate);
  assert.equal(clause.holds({}), false);
  assert.equal(called, 0);
  clause.prepare();
  assert.equal(called, 1);
  assert.equal(clause.holds({ a: 1 }), true);
});
