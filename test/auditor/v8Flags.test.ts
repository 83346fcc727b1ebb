/** The auditor's process is started with flags of V8, and what the build left for V8 is only good under the same. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { v8Flags } from '../../src/auditor/v8Flags.ts';

const catalogue = join(import.meta.dirname, '..', '..', 'dist', 'catalogue');
const read = `
  const { Script } = require('node:vm');
  const { readFileSync } = require('node:fs');
  const rejected = ${JSON.stringify(readdirSync(catalogue).filter((name) => name.endsWith('.cache')))}.map((cache) =>
    new Script(readFileSync(cache.replace('.cache', '.js'), 'latin1'), { cachedData: readFileSync(cache) }).cachedDataRejected);
  console.log(JSON.stringify(rejected));`;

const rejectedUnder = (flags: readonly string[]): unknown => {
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, '-e', read], { cwd: catalogue, encoding: 'utf8' });
  assert.equal(stderr, '');
  return JSON.parse(stdout);
};

test('V8 takes the code cache of the build under the flags of the auditor', () => {
  const flags = v8Flags(process.versions.v8);
  assert.ok(flags.length > 0, 'a V8 that nobody has tried: extend v8Flags.ts');
  assert.deepEqual(rejectedUnder(flags), [false, false]);
  assert.deepEqual(rejectedUnder([]), [true, true]);
});

test('a V8 of which nobody knows the flags is given none', () => {
  for (const version of ['10.2.154.26-node.40', '15.0.1', '1', '']) assert.deepEqual(v8Flags(version), [], version);
});
