/** What is written whole takes the place of a file, and of nothing else. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { outputsOf, writeOutput } from '../../src/cli/output.ts';
import { replaceable } from '../../src/cli/replaceFile.ts';
import { InputError } from '../../src/model/inputError.ts';
import { mainModule } from '../real/virtAudit.ts';
import { madeUpRoot } from '../sources/madeUpRoot.ts';

const refuses = (act: () => unknown, says: RegExp): void =>
  assert.throws(act, (error) => error instanceof InputError && says.test(error.message));

describe('of what a path may be', () => {
  test('a link stays, and the file that it leads to is replaced', (context) => {
    const root = madeUpRoot(context, { 'real.prom': 'old' });
    const link = join(root, 'link.prom');
    symlinkSync(join(root, 'real.prom'), link);
    writeOutput({ format: 'prometheus', path: link }, 'new');
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.equal(readFileSync(join(root, 'real.prom'), 'utf8'), 'new');
  });

  test('a pipe, a device and a folder are refused and stay', (context) => {
    const root = madeUpRoot(context, {});
    // One of the system's own, since not every root may make one; none of this would write to it.
    const [pipe, device, folder] = [join(root, 'pipe'), '/dev/full', join(root, 'folder')];
    execFileSync('mkfifo', [pipe]);
    mkdirSync(folder);
    const link = join(root, 'link');
    symlinkSync(device, link);
    for (const [path, what] of [
      [pipe, 'a pipe'],
      [device, 'a device'],
      [folder, 'a folder'],
      [link, 'a device'],
    ] as const) {
      refuses(() => replaceable(path, '--output'), new RegExp(`^--output: \\S+ is ${what}, and .*; name a file$`));
      // Before an audit, which would read the file for what it says of the audit before.
      refuses(() => outputsOf([`prometheus=${path}`]), new RegExp(`is ${what}`));
    }
    assert.ok(lstatSync(device).isCharacterDevice() && lstatSync(pipe).isFIFO() && lstatSync(link).isSymbolicLink());
  });

  test('what can’t be looked at, and a link that leads nowhere, are told', (context) => {
    const root = madeUpRoot(context, { file: '' });
    const [loop, nowhere] = [join(root, 'loop'), join(root, 'nowhere')];
    symlinkSync(loop, loop);
    symlinkSync(join(root, 'none'), nowhere);
    refuses(
      () => replaceable(join(root, 'file', 'a.prom'), '--format'),
      /^--format: can't write \S+: a part of the path is no folder$/,
    );
    refuses(() => replaceable(loop, '--format'), /^--format: can't write \S+: links lead in a circle$/);
    refuses(
      () => replaceable(join(root, 'a'.repeat(300)), '--format'),
      /^--format: can't write \S+: the name is too long$/,
    );
    refuses(
      () => replaceable(nowhere, '--format'),
      /^--format: \S+ is a link that leads nowhere, and .*; name a file$/,
    );
    assert.equal(existsSync(join(root, 'none')), false);
  });

  test('standard output has no place, and a file may be new', (context) => {
    const root = madeUpRoot(context, {});
    refuses(() => replaceable('-', '--output'), /^--output: - is no file; name one, or \.\/- for one of that name$/);
    assert.equal(replaceable(join(root, 'new'), '--output'), join(root, 'new'));
  });
});

test('a folder that is not there is told', (context) => {
  const path = join(madeUpRoot(context, {}), 'none', 'report.json');
  refuses(() => writeOutput({ format: 'json', path }, '{}'), /can't write \S+: its folder does not exist/);
  assert.equal(existsSync(path), false);
});

test('a pipe that nobody reads does not hang a report', (context) => {
  const pipe = join(madeUpRoot(context, {}), 'pipe');
  execFileSync('mkfifo', [pipe]);
  refuses(() => writeOutput({ format: 'json', path: pipe }, '{}'), /can't write \S+: nobody reads from it/);
});

test('a device is written to', () => {
  writeOutput({ format: 'json', path: '/dev/null' }, '{}');
  assert.ok(lstatSync('/dev/null').isCharacterDevice());
});

test('a full disk costs its own report, and no other', (context) => {
  const root = madeUpRoot(context, { 'web.xml': "<domain type='kvm'><name>web</name></domain>" });
  const args = ['check', '--domains', join(root, 'web.xml'), '--root', root];
  const formats = ['--format', 'json=/dev/full', '--format', 'text'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [mainModule, ...args, ...formats], {
    encoding: 'utf8',
  });
  assert.match(stdout, /^1 domain, \d+ rules/m);
  assert.match(stderr, /^virt-audit: --format: can't write \/dev\/full: .+\n$/);
  assert.equal(status, 2);
});
