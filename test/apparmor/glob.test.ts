import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { commonPath } from '../../src/apparmor/glob/commonPath.ts';
import { GlobError } from '../../src/apparmor/glob/globError.ts';
import { Pattern } from '../../src/apparmor/glob/pattern.ts';

describe('what a pattern matches', () => {
  const cases: readonly { name: string; glob: string; yes: readonly string[]; no: readonly string[] }[] = [
    { name: 'a star stays in its directory', glob: '/a/*b', yes: ['/a/b', '/a/xb'], no: ['/a/x/b', '/a/'] },
    { name: 'a star that is a whole component is not empty', glob: '/a/*/b', yes: ['/a/x/b'], no: ['/a//b'] },
    { name: 'two stars cross directories', glob: '/a/**', yes: ['/a/x', '/a/x/y', '/a/x/'], no: ['/a/', '/a//'] },
    { name: 'three stars are two', glob: '/a/***', yes: ['/a/x/y'], no: ['/a/'] },
    { name: 'a star before a brace may be empty', glob: '/a/{,**}', yes: ['/a/', '/a/x/y'], no: ['/a'] },
    { name: 'a star after a class may be empty', glob: '/a[/]*', yes: ['/a/', '/a/x'], no: ['/ax'] },
    { name: 'an escaped slash counts as one', glob: '/a\\/*', yes: ['/a/x'], no: ['/a/'] },
    { name: 'a question mark is one byte', glob: '/?', yes: ['/a', '/\xe9'], no: ['/', '/ab', '//', '/\xc3\xa9'] },
    { name: 'a negated class matches a slash', glob: '/a[^b]c', yes: ['/axc', '/a/c'], no: ['/abc', '/ac'] },
    { name: 'a reversed range is turned around', glob: '/[c-a]', yes: ['/a', '/b', '/c'], no: ['/-', '/d'] },
    { name: 'a hyphen comes first in a class', glob: '/[-a]', yes: ['/-', '/a'], no: ['/b'] },
    { name: 'an escaped hyphen still makes a range', glob: '/[a\\-c]', yes: ['/b'], no: ['/-'] },
    { name: 'an escaped caret still negates', glob: '/[\\^a]', yes: ['/b', '/^'], no: ['/a'] },
    { name: 'an escaped comma in a class brings its backslash', glob: '/[\\,]', yes: ['/,', '/\\'], no: ['/a'] },
    { name: 'a comma in a class is literal', glob: '/{[,],x}', yes: ['/,', '/x'], no: ['/'] },
    { name: 'braces in a class are literal', glob: '/[{}]', yes: ['/{', '/}'], no: ['/'] },
    { name: 'a comma outside braces is literal', glob: '/a,b', yes: ['/a,b'], no: ['/a', '/b'] },
    { name: 'an escaped comma in braces is literal', glob: '/{a\\,b,c}', yes: ['/a,b', '/c'], no: ['/a', '/b'] },
    {
      name: 'alternatives may be empty and nested',
      glob: '/{a{1,},}x',
      yes: ['/a1x', '/ax', '/x'],
      no: ['/a1', '/1x'],
    },
    { name: 'regular expressions mean nothing', glob: '/a.b+(c)|^$', yes: ['/a.b+(c)|^$'], no: ['/axb+(c)|^$'] },
    { name: 'a star matches a newline', glob: '/*', yes: ['/a\nb'], no: [] },
    { name: 'an unneeded escape is dropped', glob: '/\\q', yes: ['/q'], no: ['/\\q'] },
    { name: 'the whole path must match', glob: '/a', yes: ['/a'], no: ['/ab', 'x/a', '/a/'] },
  ];
  for (const { name, glob, yes, no } of cases) {
    test(`${name}: ${glob}`, () => {
      const pattern = new Pattern(glob);
      for (const path of yes) assert.equal(pattern.matches(path), true, path);
      for (const path of no) assert.equal(pattern.matches(path), false, path);
    });
  }
});

describe('patterns that apparmor_parser rejects', () => {
  for (const [glob, message] of [
    ['/{a,b', '"{" is never closed'],
    ['/a}', '"}" closes nothing'],
    ['/a]', '"]" closes nothing'],
    ['/[a', '"[" is never closed'],
    ['/[]', 'a character class is empty'],
    ['/[^]', 'a character class is empty'],
    ['/[a-]', '"-" in a character class must come first or make a range'],
    ['/[a-b-c]', '"-" in a character class must come first or make a range'],
    ['/{a}', 'braces need at least one comma'],
    ['/{}', 'braces need at least one comma'],
    ['/a\\', 'a backslash ends the pattern'],
    [`/${'{a,'.repeat(51)}${'}'.repeat(51)}`, 'braces are nested more than 50 deep'],
  ] as const) {
    test(`${message}: ${glob.slice(0, 20)}`, () => {
      assert.throws(() => new Pattern(glob), { name: 'Error', message });
    });
  }

  test('a star in a class is accepted by apparmor_parser, so it is marked as unsupported', () => {
    assert.throws(
      () => new Pattern('/[*]'),
      (error) => error instanceof GlobError && error.unsupported,
    );
  });
});

describe('two patterns at once', () => {
  for (const { left, right, common } of [
    { left: '/a*', right: '/*b', common: '/ab' },
    { left: '/a/**', right: '/*', common: undefined },
    { left: '/{a,b}', right: '/[b-c]', common: '/b' },
    { left: '/a', right: '/a', common: '/a' },
    { left: '/a?', right: '/?', common: undefined },
    { left: '/[^a]', right: '/[^b]', common: '/c' },
    { left: '/usr/lib/a*', right: '/usr/{lib,bin}/*b', common: '/usr/lib/ab' },
    { left: '/usr/lib/a*', right: '/usr/{libs,bin}/*b', common: undefined },
    { left: '/usr/lib/a*', right: '/usr/lib/b*', common: undefined },
    { left: '/usr/lib/a', right: '/usr/*/{a,b}', common: '/usr/lib/a' },
    { left: '/usr/*/{a,b}', right: '/usr/lib/c', common: undefined },
  ]) {
    test(`${left} and ${right} ${common === undefined ? 'share no path' : 'share a path'}`, () => {
      assert.equal(commonPath(new Pattern(left), new Pattern(right)), common);
    });
  }
});
