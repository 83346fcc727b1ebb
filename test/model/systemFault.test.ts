import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { systemFault } from '../../src/model/systemFault.ts';

const faultOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return systemFault(error);
  }
  return assert.fail('it went well');
};

test('the system’s own faults are said in words', () => {
  assert.equal(
    faultOf(() => readFileSync('/nowhere')),
    'no such file or folder',
  );
  assert.equal(
    faultOf(() => readdirSync('/dev/null')),
    'a part of the path is no folder',
  );
});

test('a code without words stays, and what has no code says itself what is wrong', () => {
  assert.equal(systemFault(Object.assign(new Error('strange'), { code: 'ESTRANGE' })), 'ESTRANGE');
  assert.equal(systemFault(Object.assign(new Error('/x is a pipe'), { code: 'a pipe' })), 'a pipe');
  assert.equal(systemFault(new Error('strange')), 'strange');
});
