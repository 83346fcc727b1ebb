import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PolicySyntaxError } from '../../src/apparmor/syntax/policySyntaxError.ts';
import { Scanner } from '../../src/apparmor/syntax/scanner.ts';

describe('identifiers', () => {
  const cases: readonly { name: string; text: string; identifier: string; rest: string }[] = [
    { name: 'a blank ends it', text: '/a r', identifier: '/a', rest: ' r' },
    { name: 'a comma before a blank ends it', text: 'r, /b', identifier: 'r', rest: ', /b' },
    { name: 'a comma before a letter is part of it', text: '/a,b r', identifier: '/a,b', rest: ' r' },
    { name: 'of two commas neither is', text: '/a,,b r', identifier: '/a', rest: ',,b r' },
    { name: 'an escaped blank is part of it', text: '/a\\ b r', identifier: '/a b', rest: ' r' },
    { name: 'an escaped comma stays escaped', text: '/a\\, r', identifier: '/a\\,', rest: ' r' },
    { name: 'a hash within is part of it', text: '/a#b r', identifier: '/a#b', rest: ' r' },
    { name: 'parentheses are part of it', text: '/a(b) r', identifier: '/a(b)', rest: ' r' },
    { name: 'a quote starts another', text: '/a"b"', identifier: '/a', rest: '"b"' },
    { name: 'quotes hold blanks and hashes', text: '"/a #b" r', identifier: '/a #b', rest: ' r' },
    { name: 'quotes hold newlines', text: '"/a\nb" r', identifier: '/a\nb', rest: ' r' },
    { name: 'a backslash hides a quote', text: '"/a\\"b" r', identifier: '/a"b', rest: ' r' },
    { name: 'unless it is the last quote', text: '"/a\\" r', identifier: '/a\\', rest: ' r' },
    { name: 'hexadecimal', text: '/\\x41\\x4', identifier: '/A\x04', rest: '' },
    { name: 'octal, as long as it fits a byte', text: '/\\101\\400', identifier: '/A 0', rest: '' },
    { name: 'decimal, as long as it fits a byte', text: '/\\d065\\d256', identifier: '/A\x196', rest: '' },
    { name: 'letters of C', text: '/\\n\\t\\r\\f\\a\\e', identifier: '/\n\t\r\f\x07\x1b', rest: '' },
    {
      name: 'a number that yields a wildcard stays escaped',
      text: '/\\x2a\\052\\d042',
      identifier: '/\\*\\*\\*',
      rest: '',
    },
    { name: 'other escapes are left to the glob', text: '/\\q\\xg', identifier: '/\\q\\xg', rest: '' },
  ];
  for (const { name, text, identifier, rest } of cases) {
    test(`${name}: ${JSON.stringify(text)}`, () => {
      const scanner = new Scanner(text);
      assert.equal(scanner.identifier(), identifier);
      assert.equal(text.slice(scanner.position), rest);
    });
  }

  for (const [text, message] of [
    ['/a!b', 'unexpected "!"'],
    ['"/a', 'a quote is never closed'],
    [', x', 'expected a name or a path'],
    ['# no newline', 'a comment on the last line needs a newline after it'],
  ] as const) {
    test(`${JSON.stringify(text)}: ${message}`, () => {
      assert.throws(
        () => new Scanner(text).identifier(),
        (error) => error instanceof PolicySyntaxError && error.message === message,
      );
    });
  }
});

test('lines are counted through comments and quoted newlines', () => {
  const scanner = new Scanner('# one\n\n"three\nfour" # four\nfive');
  assert.equal(scanner.identifier(), 'three\nfour');
  assert.equal(scanner.line, 4);
  assert.equal(scanner.identifier(), 'five');
  assert.equal(scanner.line, 5);
});

test('a comment that spells an include is left for the parser', () => {
  const scanner = new Scanner('# include <a>\n  #include <b>\n');
  scanner.skipTrivia();
  assert.equal(scanner.at('#include <b>'), true);
});
