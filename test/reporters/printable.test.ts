import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { printable } from '../../src/reporters/printable.ts';

const hostile: Readonly<Record<string, string>> = {
  'a terminal escape': '\u001b[2J',
  'a carriage return': 'fail\rpass',
  'a newline': 'web\n✓ all is well',
  'a tab': 'a\tb',
  'a backspace': 'x\u0008y',
  'NUL and DEL': '\u0000\u007f',
  'an eight-bit control sequence (C1)': '\u009b31m',
  'the first and last of C1': '\u0080\u009f',
  'line and paragraph separators': '\u2028\u2029',
  'bidirectional embeddings and overrides': '\u202a\u202b\u202c\u202d\u202e',
  'bidirectional isolates': '\u2066\u2067\u2068\u2069',
  'bidirectional marks': '\u200e\u200f\u061c',
};

describe('what could move the cursor, recolour or forge', () => {
  for (const [name, text] of Object.entries(hostile)) {
    test(`${name} is replaced, one for one`, () => {
      const shown = printable(text);
      assert.equal(shown.length, text.length);
      assert.doesNotMatch(shown, /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    });
  }
});

test('everything else stays', () => {
  const text = 'web-1 ü ω 漢字 \u{1f600} é\u0301 \u00a0 <b>&"\'\\';
  assert.equal(printable(text), text);
});
