import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseProperties } from '../../../../src/facts/host/folders/properties.ts';

const cases: readonly { name: string; text: string; settings: Readonly<Record<string, string>> }[] = [
  { name: 'nothing', text: '\n\n', settings: {} },
  { name: 'an equals sign', text: 'a=1\nb = 2\n', settings: { a: '1', b: '2' } },
  { name: 'a colon or a blank', text: 'a:1\nb : 2\nc 3\n', settings: { a: '1', b: '2', c: '3' } },
  { name: 'comments', text: '# a=1\n  ! b=2\nc=3 # part of it\n', settings: { c: '3 # part of it' } },
  { name: 'separators in the value', text: 'url=http://a:1/?x=y\n', settings: { url: 'http://a:1/?x=y' } },
  { name: 'an empty value', text: 'a=\nb=1\n', settings: { a: '', b: '1' } },
  { name: 'a key with dots', text: 'qemu.sockets.path=/srv\n', settings: { 'qemu.sockets.path': '/srv' } },
  { name: 'the last of a repeated one', text: 'a=1\na=2\n', settings: { a: '2' } },
  { name: 'a line that goes on', text: 'a=1,\\\n    2\nb=3\n', settings: { a: '1,2', b: '3' } },
  { name: 'a doubled backslash', text: 'a=C:\\\\x\n', settings: { a: 'C:\\x' } },
  { name: 'a doubled backslash at the end joins nothing', text: 'a=x\\\\\nb=1\n', settings: { a: 'x\\', b: '1' } },
  { name: 'a comment does not go on', text: '# a\\\nb=1\n', settings: { b: '1' } },
  { name: 'Windows line ends', text: 'a=1\r\nb=2\r\n', settings: { a: '1', b: '2' } },
];

describe('Java’s properties', () => {
  for (const { name, text, settings } of cases) {
    test(name, () => assert.deepEqual(Object.fromEntries(parseProperties(text)), settings));
  }
});
