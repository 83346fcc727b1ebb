import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYaml } from '../../../src/ruleset/load/yamlFile.ts';

for (const text of ['id: &x [*x]\n', 'id: &x\n  a: *x\n']) {
  test(`an alias within what it stands for is refused with its line: ${JSON.stringify(text)}`, () => {
    const line = text.split('\n').findIndex((each) => each.includes('*x')) + 1;
    assert.deepEqual(parseYaml(text), [{ line, message: 'the alias x stands for what holds it' }]);
  });
}

describe('lists in lists', () => {
  const nested = (depth: number): string => `\na: ${'['.repeat(depth)}${']'.repeat(depth)}\n`;
  test('as deep as anything needs', () => assert.ok('data' in parseYaml(nested(90))));
  for (const depth of [101, 100_000]) {
    test(`${depth} deep: refused with the line, not by a stack that is too small`, () => {
      assert.deepEqual(parseYaml(nested(depth)), [{ line: 2, message: 'nested more than 100 deep' }]);
    });
  }
  test('the first of several is told', () => {
    const text = `- ${'[ { a: '.repeat(51)}1${' } ]'.repeat(51)}\n`;
    assert.deepEqual(parseYaml(`- []\n- b: [x]\n${text.repeat(3)}`), [
      { line: 3, message: 'nested more than 100 deep' },
    ]);
  });
  test('wherever the stack is when it is asked', () => {
    const text = nested(3000);
    const from = (frames: number): ReturnType<typeof parseYaml> =>
      frames === 0 ? parseYaml(text) : [...(from(frames - 1) as [])];
    for (let frames = 0; frames < 60; frames++) {
      assert.deepEqual(from(frames), [{ line: 2, message: 'nested more than 100 deep' }], `${frames} frames`);
    }
  });
});

test('of one mistake that makes the parser find a hundred, the first are told, and how many more', () => {
  const errors = parseYaml(`profile: [a\n${'k: v: w\n'.repeat(30)}`);
  assert.ok(Array.isArray(errors));
  assert.equal(errors.length, 4);
  assert.match(errors.at(-1)?.message ?? '', /^and \d+ more below, which may come of these$/);
  const few = parseYaml('a: 1\na: 2\na: 3\nb: 4\nb: 5\n');
  assert.ok(Array.isArray(few));
  assert.deepEqual(
    few.map(({ line }: { line: number }) => line),
    [2, 3, 5],
  );
});
