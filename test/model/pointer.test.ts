import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../src/model/json.ts';
import { pointerTokens, toPointer, valueAt } from '../../src/model/pointer.ts';

const spellings: readonly { pointer: string; tokens: readonly string[] }[] = [
  { pointer: '', tokens: [] },
  { pointer: '/', tokens: [''] },
  { pointer: '/domain/@type', tokens: ['domain', '@type'] },
  { pointer: '/a//b', tokens: ['a', '', 'b'] },
  { pointer: '/a~1b/m~0n', tokens: ['a/b', 'm~n'] },
  { pointer: '/~01', tokens: ['~1'] },
  { pointer: '/sockets/0', tokens: ['sockets', '0'] },
];

describe('a pointer and its tokens', () => {
  for (const { pointer, tokens } of spellings) {
    test(`"${pointer}" is ${JSON.stringify(tokens)}`, () => {
      assert.deepEqual(pointerTokens(pointer), tokens);
      assert.equal(toPointer(tokens), pointer);
    });
  }
  test('an index may be given as a number', () => assert.equal(toPointer(['sockets', 0, 'path']), '/sockets/0/path'));
});

const facts: Json = {
  name: 'web',
  empty: '',
  zero: 0,
  no: false,
  nothing: null,
  'a/b': { 'm~n': 'escaped' },
  list: [{ name: 'first' }, ['nested']],
  '': 'the empty name',
};

const lookups: readonly { pointer: string; value: Json | undefined }[] = [
  { pointer: '/name', value: 'web' },
  { pointer: '/empty', value: '' },
  { pointer: '/zero', value: 0 },
  { pointer: '/no', value: false },
  { pointer: '/nothing', value: null },
  { pointer: '/', value: 'the empty name' },
  { pointer: '/a~1b/m~0n', value: 'escaped' },
  { pointer: '/list/0/name', value: 'first' },
  { pointer: '/list/1/0', value: 'nested' },
  { pointer: '/list/2', value: undefined },
  { pointer: '/list/-', value: undefined },
  { pointer: '/list/length', value: undefined },
  { pointer: '/absent', value: undefined },
  { pointer: '/absent/below', value: undefined },
  { pointer: '/name/length', value: undefined },
  { pointer: '/name/0', value: undefined },
  { pointer: '/nothing/below', value: undefined },
  { pointer: '/toString', value: undefined },
  { pointer: '/constructor/name', value: undefined },
  { pointer: '/__proto__', value: undefined },
];

describe('the value at a pointer', () => {
  for (const { pointer, value } of lookups) {
    test(`${pointer} is ${JSON.stringify(value)}`, () => assert.deepEqual(valueAt(facts, pointer), value));
  }
  test('the empty pointer is the whole document', () => assert.equal(valueAt(facts, ''), facts));
  test('nothing is in no document', () => assert.equal(valueAt(undefined, '/name'), undefined));
  test('an own property that is named as one of the prototype is found', () =>
    assert.equal(valueAt(JSON.parse('{"__proto__": "own", "constructor": 1}') as Json, '/__proto__'), 'own'));
});
