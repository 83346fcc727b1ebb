import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { catalogueFiles } from '../../src/sources/compiledCatalogue.ts';

const read = `
  const { Script } = require('node:vm');
  const { readFileSync } = require('node:fs');
  const rejected = ${JSON.stringify([catalogueFiles.validators, catalogueFiles.explaining])}.map(({ code, cache }) =>
    new Script(readFileSync(code, 'latin1'), { cachedData: readFileSync(cache) }).cachedDataRejected);
  console.log(JSON.stringify(rejected));`;

/** Of the two code caches of a built catalogue, whether V8 rejects them, in a Node with these flags. */
export const rejectedCaches = (
  catalogue: string,
  flags: readonly string[],
  node: string = process.execPath,
): unknown => {
  // Flags in NODE_OPTIONS would be V8's too.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(node, [...flags, '-e', read], { cwd: catalogue, encoding: 'utf8', env });
  assert.equal(stderr, '');
  return JSON.parse(stdout);
};
