/** The auditor's process is started with flags of V8, and what the build left for V8 is only good under the same. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { v8Flags } from '../../src/auditor/v8Flags.ts';
import type { CompiledCatalogue } from '../../src/model/compiledCatalogue.ts';
import { catalogueFiles } from '../../src/sources/compiledCatalogue.ts';
import { v8Build } from '../../src/sources/v8Build.ts';
import { rejectedCaches } from './rejectedCaches.ts';

const catalogue = join(import.meta.dirname, '..', '..', 'dist', 'catalogue');

test('V8 takes the code cache of the build under the flags of the auditor', () => {
  const flags = v8Flags(process.versions.v8);
  assert.ok(flags.length > 0, 'a V8 that nobody has tried: extend v8Flags.ts');
  assert.deepEqual(rejectedCaches(catalogue, flags), [false, false]);
  assert.deepEqual(rejectedCaches(catalogue, []), [true, true]);
});

test('the code cache is known for that of this V8', () => {
  const made = JSON.parse(readFileSync(join(catalogue, catalogueFiles.data), 'utf8')) as CompiledCatalogue;
  assert.ok(made.v8Build !== undefined, 'a Node whose V8 is a library of its own reads no code cache');
  assert.equal(made.v8Build, v8Build());
});

test('a program that is not found any more has no code cache, and is no bug', () => {
  const { execPath } = process;
  process.execPath = '/nowhere/node';
  try {
    assert.equal(v8Build(), undefined);
  } finally {
    process.execPath = execPath;
  }
});

test('a V8 of which nobody knows the flags is given none', () => {
  for (const version of ['10.2.154.26-node.40', '11.8.172.17-node.20', '15.0.1', '1', ''])
    assert.deepEqual(v8Flags(version), [], version);
});
