/** `make bench` and `make soak` say that they measure what the package runs on. */
import assert from 'node:assert/strict';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCommand } from '../real/runCommand.ts';
import { temporaryFolder } from '../real/temporaryFolder.ts';

const makefile = join(import.meta.dirname, '..', '..', 'Makefile');

test('without the package’s Node, nothing is measured on another', async () => {
  await using folder = await temporaryFolder();
  const script = async (name: string, line: string): Promise<void> => {
    const path = join(folder.path, name);
    await writeFile(path, `#!/bin/sh\n${line}\n`);
    await chmod(path, 0o755);
  };
  await copyFile(makefile, join(folder.path, 'Makefile'));
  await mkdir(join(folder.path, 'scripts'));
  await mkdir(join(folder.path, 'bin'));
  await script('scripts/package-node.sh', 'exit 1');
  await script('bin/npm', 'exit 0');
  await script('bin/node', 'echo measured');
  // What this test's own make was told, as to go on after errors, is no concern of the other's.
  const { MAKEFLAGS: _, MFLAGS: __, GNUMAKEFLAGS: ___, ...env } = process.env;
  const args = ['-C', folder.path, '-o', 'setup-test', '-o', 'build', 'soak'];
  const { code, stdout } = await runCommand('make', args, {
    env: { ...env, PATH: `${join(folder.path, 'bin')}:${process.env.PATH}` },
  });
  assert.equal(code, 2);
  assert.doesNotMatch(stdout, /measured/);
});
