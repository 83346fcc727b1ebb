import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { utf8Text } from '../../src/model/utf8Text.ts';

describe('the text of a file', () => {
  test('in UTF-8, as it is', () => assert.equal(utf8Text('a', Buffer.from('é\r\n€😀\n')), 'é\r\n€😀\n'));
  test('without its byte order mark', () => assert.equal(utf8Text('a', Buffer.from('\uFEFFid: x\n')), 'id: x\n'));
  const wrong = [
    { name: 'Latin-1', bytes: Buffer.from('a\nb: \xe9\nc\n', 'latin1'), line: 2 },
    { name: 'a character cut short by the end of its line', bytes: Buffer.from('\n\n\xe2\x82\nc', 'latin1'), line: 3 },
    { name: 'one cut short by the end of the file', bytes: Buffer.from('a\n\xe2\x82', 'latin1'), line: 2 },
    { name: 'UTF-16', bytes: Buffer.from('\uFEFFid: x\n', 'utf16le'), line: 1 },
  ];
  for (const { name, bytes, line } of wrong) {
    test(`${name}: refused with the line`, () => {
      assert.throws(() => utf8Text('rules/a.yaml', bytes), {
        name: 'InputError',
        message: `rules/a.yaml:${line}: not UTF-8; save the file as UTF-8`,
      });
    });
  }
});
