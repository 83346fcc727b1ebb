import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exitCode } from '../../src/model/exitCode.ts';

test('exit codes are as documented: scripts depend on the numbers', () => {
  assert.deepEqual(exitCode, { ok: 0, findings: 1, input: 2, incomplete: 3, bug: 70 });
});
