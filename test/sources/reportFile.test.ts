/** Reports that were saved, and what is taken for one. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { InputError } from '../../src/model/inputError.ts';
import { jsonFile, savedReport } from '../../src/sources/reportFile.ts';
import { madeUpRoot } from './madeUpRoot.ts';

test('a bundle is no report, and is told what makes one of it', () =>
  assert.throws(
    () => savedReport({ format: 'virt-audit-bundle', version: 1 }, 'host.json'),
    (error) =>
      error instanceof InputError &&
      error.message ===
        'host.json: a bundle, and a report is wanted: virt-audit check --from host.json --format json=FILE',
  ));

test('a packed file is unpacked', (context) => {
  const root = madeUpRoot(context, { 'report.json.gz': gzipSync('{"a":1}').toString('latin1') });
  assert.deepEqual(jsonFile(join(root, 'report.json.gz'), 'diff'), { a: 1 });
});
