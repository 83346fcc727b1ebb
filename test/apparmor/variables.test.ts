import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expandVariables } from '../../src/apparmor/policy/expandVariables.ts';
import { squeezeSlashes } from '../../src/apparmor/policy/squeezeSlashes.ts';

type Variables = Readonly<Record<string, readonly string[]>>;

describe('expansion', () => {
  const cases: readonly { name: string; variables: Variables; text: string; expanded: string }[] = [
    { name: 'one value is put in place', variables: { V: ['/x/'] }, text: '/@{V}/y', expanded: '//x//y' },
    { name: 'several become alternatives', variables: { V: ['a', 'b'] }, text: '/@{V}', expanded: '/{a,b}' },
    { name: 'slashes give way', variables: { V: ['/a/', '/b/'] }, text: '/@{V}/c', expanded: '/{a,b}/c' },
    {
      name: 'but not to those in braces',
      variables: { V: ['/a/', '/b/'] },
      text: '@{V}{,/c}',
      expanded: '{/a/,/b/}{,/c}',
    },
    {
      name: 'a slash at the end of what came before counts',
      variables: { A: ['/x/'], V: ['/a', '/b'] },
      text: '@{A}@{V}',
      expanded: '/x/{a,b}',
    },
    {
      name: 'values of values come first',
      variables: { V: ['@{W}', 'c'], W: ['/a', '/b'] },
      text: '/@{V}',
      expanded: '/{a,b,c}',
    },
    {
      name: 'two references in a value combine',
      variables: { V: ['@{W}-@{W}'], W: ['a', 'b'] },
      text: '@{V}',
      expanded: '{a-a,a-b,b-a,b-b}',
    },
    {
      name: 'a comma in one of several values splits it',
      variables: { V: ['a,b', 'c'] },
      text: '@{V}',
      expanded: '{a,b,c}',
    },
    { name: 'an empty value is one', variables: { V: ['', 'a'] }, text: '/@{V}', expanded: '/{,a}' },
    { name: 'an escaped reference is none', variables: { V: ['a'] }, text: '/\\@{V}', expanded: '/\\@{V}' },
    { name: 'without braces it is none', variables: { V: ['a'] }, text: '/@V', expanded: '/@V' },
  ];
  for (const { name, variables, text, expanded } of cases) {
    test(`${name}: ${text}`, () =>
      assert.equal(
        expandVariables(text, (variable) => variables[variable]),
        expanded,
      ));
  }

  const letters = [...'abcdefghijklmnop'];
  for (const { message, variables } of [
    { message: 'variable @{V} has no value', variables: {} },
    { message: 'variable @{W} has no value', variables: { V: ['@{W}'] } },
    { message: 'variable @{V} refers to itself', variables: { V: ['@{W}'], W: ['@{V}'] } },
    { message: 'variables have too many combinations', variables: { V: ['@{W}'.repeat(9)], W: letters } },
  ] satisfies readonly { message: string; variables: Variables }[]) {
    test(message, () => {
      const known: Variables = variables;
      assert.throws(() => expandVariables('/@{V}', (variable) => known[variable]), { message });
    });
  }
});

describe('slashes', () => {
  for (const [glob, squeezed] of [
    ['/a//b///c', '/a/b/c'],
    ['//a', '//a'],
    ['///a', '/a'],
    ['/a/', '/a/'],
    ['/a\\/\\/b', '/a\\/\\/b'],
  ] as const) {
    test(`${glob} is squeezed to ${squeezed}`, () => assert.equal(squeezeSlashes(glob), squeezed));
  }
});
