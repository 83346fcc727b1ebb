import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { InputError } from '../../src/model/inputError.ts';
import { builtInRules, ruleFiles, ruleSchema } from '../../src/sources/ruleFiles.ts';
import { madeUpRoot } from './madeUpRoot.ts';

describe('rule files', () => {
  test('of a folder: YAML in order, each with the folder that it lives in', (context) => {
    const root = madeUpRoot(context, {
      'channels/b.yaml': 'b',
      'channels/a.yml': 'a',
      'apparmor/c.yaml': 'c',
      'data/removals.yaml': '',
      'profiles/default.yaml': '',
      'channels/notes.md': '',
      'schema.json': '{}',
    });
    const files = ruleFiles(root).map(({ path, area, text }) => [path.slice(root.length), area, text]);
    assert.deepEqual(files, [
      ['/apparmor/c.yaml', 'apparmor', 'c'],
      ['/channels/a.yml', 'channels', 'a'],
      ['/channels/b.yaml', 'channels', 'b'],
    ]);
  });
  test('one that is named', (context) => {
    const root = madeUpRoot(context, { 'own/a.yaml': 'rule' });
    const path = join(root, 'own/a.yaml');
    assert.deepEqual(ruleFiles(path), [{ path, area: 'own', text: 'rule' }]);
  });
  test('nothing there', () => {
    const message =
      '/nowhere: no such file or folder; --rules takes a rule file or a folder of them, and so does rules test';
    assert.throws(
      () => ruleFiles('/nowhere'),
      (error) => error instanceof InputError && error.message === message,
    );
  });
  test('a folder without any', (context) => {
    const root = madeUpRoot(context, { 'a.txt': '' });
    assert.throws(() => ruleFiles(root), {
      name: 'InputError',
      message: `${root}: no rule file (*.yaml) in this folder`,
    });
  });
});

test('the built-in rules and their schema are found', () => {
  assert.ok(ruleFiles(builtInRules).length >= 20);
  assert.equal(ruleSchema().title, 'virt-audit rule');
});
