import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readBytes } from '../../src/sources/hostRoot/readBytes.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';

/** What is read at once of an ordinary file. */
const piece = 64 * 1024;

test('reading ends with the piece that says so, and not before', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'table');
  writeFileSync(path, `${'l\n'.repeat(piece)}end\n${'c\n'.repeat(2 * piece)}`);
  assert.equal(readBytes(path).length, 6 * piece + 4);
  assert.equal(readBytes(path, undefined, /^end$/m).length, 3 * piece);
  assert.equal(readBytes(path, 10, /^end$/m), 'l\nl\nl\nl\nl\n');
  assert.equal(readBytes(path, undefined, /^never$/m).length, 6 * piece + 4);
});
