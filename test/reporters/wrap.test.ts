import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { wrap } from '../../src/reporters/wrap.ts';

const cases: readonly { name: string; text: string; width: number; lines: readonly string[] }[] = [
  { name: 'short enough', text: 'one two', width: 7, lines: ['one two'] },
  { name: 'one too many', text: 'one two', width: 6, lines: ['one', 'two'] },
  { name: 'as full as can be', text: 'a bb ccc dddd', width: 8, lines: ['a bb ccc', 'dddd'] },
  {
    name: 'a word longer than a line stays whole',
    text: 'a longer-than-that b',
    width: 5,
    lines: ['a', 'longer-than-that', 'b'],
  },
  { name: 'lines of prose flow together', text: 'one\ntwo\nthree', width: 9, lines: ['one two', 'three'] },
  {
    name: 'an indented line stays as it is, however long, and parts the prose',
    text: 'Say:\n  virsh  edit  a-long-name\nand\nso on',
    width: 10,
    lines: ['Say:', '  virsh  edit  a-long-name', 'and so on'],
  },
  { name: 'a tab indents too', text: '\tpaste this\nx', width: 5, lines: ['\tpaste this', 'x'] },
  { name: 'no newline is left at the end', text: 'one\n\n', width: 9, lines: ['one'] },
  { name: 'only indented', text: '  a\n  b', width: 2, lines: ['  a', '  b'] },
];

describe('text in lines', () => {
  for (const { name, text, width, lines } of cases) {
    test(name, () => assert.deepEqual(wrap(text, width), lines));
  }
});
