import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundleFile } from '../../src/sources/bundleFile.ts';
import { policyFile } from '../../src/sources/policyFiles.ts';
import { jsonFile } from '../../src/sources/reportFile.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';

test('a pipe is refused, since to read it may never end', async () => {
  await using folder = await temporaryFolder();
  const pipe = join(folder.path, 'pipe');
  execFileSync('mkfifo', [pipe]);
  assert.throws(() => bundleFile(pipe), /pipe: a pipe; --from takes/);
  assert.throws(() => jsonFile(pipe, '--baseline takes a report'), /pipe: a pipe; --baseline takes/);
  assert.throws(() => policyFile('/', pipe), /--policy .*: a pipe/);
});
