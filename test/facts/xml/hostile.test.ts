import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxXmlLength, parseXml } from '../../../src/facts/xml/parseXml.ts';
import { growsWithLength } from '../../growth.ts';

const bomb = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">';
const doctype = 'has a document type declaration, which is refused: entities could be declared in it';

const cases: { name: string; text: string; reason: string; line?: number; column?: number }[] = [
  {
    name: 'an entity bomb',
    text: `<?xml version="1.0"?>\n<!DOCTYPE a [${bomb}]>\n<a>&b;</a>`,
    reason: doctype,
    line: 2,
  },
  {
    name: 'an external entity',
    text: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    reason: doctype,
  },
  { name: 'a DTD without entities', text: '<!DOCTYPE domain><a/>', reason: doctype },
  { name: 'a DTD in lower case', text: '<!doctype a><a/>', reason: doctype },
  {
    name: '100,000 elements in one another',
    text: '<a>'.repeat(100_000) + '</a>'.repeat(100_000),
    reason: 'elements are nested deeper than 256',
    column: 769,
  },
  {
    name: '257 elements in one another, the last one empty',
    text: `${'<a>'.repeat(256)}<a/>${'</a>'.repeat(256)}`,
    reason: 'elements are nested deeper than 256',
    column: 769,
  },
  {
    name: 'a text beyond the limit',
    text: `<a>${' '.repeat(maxXmlLength)}</a>`,
    reason: 'has 16777223 characters, more than 16777216',
  },
  { name: 'an element name of 10 MB', text: `<${'a'.repeat(1e7)}/>`, reason: 'a name is longer than 1000 characters' },
  {
    name: 'an attribute name of 10 MB',
    text: `<a ${'b'.repeat(1e7)}/>`,
    reason: 'a name is longer than 1000 characters',
  },
  {
    name: 'a value of 10 MB without end',
    text: `<a b='${'b'.repeat(1e7)}`,
    reason: 'ends inside attribute "b" of <a>',
    column: 10_000_007,
  },
];
for (const { name, text, reason, line = 1, column = 1 } of cases) {
  test(`${name} is refused`, () => {
    assert.deepEqual(parseXml(text, ['a']), { ok: false, reason, line, column });
  });
}

test('256 elements in one another are read', () => {
  assert.ok(parseXml('<a>'.repeat(256) + '</a>'.repeat(256), ['a']).ok);
});

test('a reason stays short, however long the name in it', () => {
  const name = 'n'.repeat(1000);
  const parsed = parseXml(`<${name}/>`, ['a']);
  assert.deepEqual(parsed, { ok: false, reason: `is <${'n'.repeat(196)}…`, line: 1, column: 1 });
});

test('an element or attribute named __proto__ is data, and touches no prototype', () => {
  const text = `<a __proto__="1"><__proto__ polluted="yes"/><b><__proto__>x</__proto__><__proto__/></b><__proto__/></a>`;
  const parsed = parseXml(text, ['a']);
  assert.ok(parsed.ok);
  const expected = '{"a":{"@__proto__":"1","__proto__":[{"@polluted":"yes"},""],"b":{"__proto__":["x",""]}}}';
  assert.equal(JSON.stringify(parsed.document), expected);
  assert.equal(Object.getPrototypeOf(parsed.document.a), Object.prototype);
  assert.equal(Reflect.get({}, '@polluted'), undefined);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('a root named __proto__ is only data, too', () => {
  const parsed = parseXml('<__proto__ a="1"/>', ['__proto__']);
  assert.equal(JSON.stringify(parsed), '{"ok":true,"root":"__proto__","document":{"__proto__":{"@a":"1"}}}');
});

test('time grows with the length, not with its square', () => {
  const make = (count: number): string =>
    `<a ${Array.from({ length: count }, (_, i) => `b${i}=''`).join(' ')}>${"<c d=''>x</c>".repeat(count)}</a>`;
  growsWithLength(5_000, make, (text) => assert.ok(parseXml(text, ['a']).ok));
});
