/** When the built program goes by what the build made of the rules, and when by the rule files themselves. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { catalogueFiles } from '../../src/sources/compiledCatalogue.ts';

const project = join(import.meta.dirname, '..', '..');
let copy = '';
const at = (...names: string[]) => join(copy, ...names);
const rule = () => at('rules', 'guest-agent', 'guest-agent-channel.yaml');

before(() => {
  copy = mkdtempSync(join(tmpdir(), 'virt-audit-'));
  cpSync(join(project, 'package.json'), at('package.json'));
  symlinkSync(join(project, 'node_modules'), at('node_modules'));
});
after(() => rmSync(copy, { recursive: true, force: true }));
beforeEach(() => {
  for (const folder of ['dist', 'rules']) {
    rmSync(at(folder), { recursive: true, force: true });
    cpSync(join(project, folder), at(folder), { recursive: true, preserveTimestamps: true });
  }
});

const title = 'A title of the build';

/** Makes the build's idea of the rule differ from the file's, so that the report tells which one counts. */
const rename = () => {
  const text = readFileSync(at('dist', 'catalogue', catalogueFiles.data), 'utf8');
  const named = text.replace(/("id":"guest-agent-channel","title":)"[^"]*"/, `$1"${title}"`);
  assert.notEqual(named, text);
  writeFileSync(at('dist', 'catalogue', catalogueFiles.data), named);
};

const fromBuild = (): boolean => {
  const host = join(project, 'test/hosts/sample');
  const args = ['--domains', join(host, 'domains'), '--root', join(host, 'root'), '--rule', 'guest-agent-channel'];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [at('dist', 'main.js'), 'check', ...args, '--format', 'json'],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(stderr, '');
  const { rules } = JSON.parse(stdout) as { rules: { title: string }[] };
  assert.equal(rules.length, 1);
  return rules[0]?.title === title;
};

describe('the built-in rules', () => {
  beforeEach(rename);
  const later = new Date(Date.now() + 3_600_000);

  test('are the build’s while their files are as they were', () => assert.equal(fromBuild(), true));
  test('are the build’s when files were written again as they were', () => {
    utimesSync(rule(), later, later);
    assert.equal(fromBuild(), true);
  });
  test('are the files’ when one is longer, whatever its age', () => {
    appendFileSync(rule(), '# longer\n');
    utimesSync(rule(), 0, 0);
    assert.equal(fromBuild(), false);
  });
  test('are the files’ when one is newer and differs in a character', () => {
    writeFileSync(rule(), readFileSync(rule(), 'utf8').replace('# yaml', '# Yaml'));
    utimesSync(rule(), later, later);
    assert.equal(fromBuild(), false);
  });
  test('are the files’ when one is gone', () => {
    rmSync(at('rules', 'storage', 'disk-source-unshared.yaml'));
    assert.equal(fromBuild(), false);
  });
  test('are the build’s when V8 can’t use what it left', () => {
    writeFileSync(at('dist', 'catalogue', catalogueFiles.validators.cache), 'of another V8');
    assert.equal(fromBuild(), true);
  });
});
