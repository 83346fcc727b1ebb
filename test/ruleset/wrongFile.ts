import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../src/model/inputError.ts';

/** The text of one of the wrong files. */
export const wrongFile = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'data', `${name}.yaml`), 'utf8');

/** What the user reads when `load` refuses a file; fails when it does not, or when that looks like a bug of ours. */
export const refusal = (load: () => unknown): string => {
  try {
    load();
  } catch (error) {
    assert.ok(error instanceof InputError, `a mistake of the user's is told as a bug: ${error}`);
    return error.message;
  }
  return assert.fail('the file was taken');
};
