import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseXml } from '../../../src/facts/xml/parseXml.ts';

const cases: { name: string; text: string; reason: string; line?: number; column?: number }[] = [
  { name: 'nothing', text: '', reason: 'is empty', column: 1 },
  { name: 'white space only', text: ' \n ', reason: 'contains no element', line: 2, column: 2 },
  { name: 'a comment only', text: '<!-- a -->', reason: 'contains no element', column: 11 },
  { name: 'no XML', text: '\nerror: Domain not found', reason: 'text outside the root element', line: 2, column: 1 },
  { name: 'JSON', text: '{"a": 1}', reason: 'text outside the root element', column: 1 },
  { name: 'binary data', text: 'QFI\u00fb\0\0\0\u0003', reason: 'U+0000 is no character of XML 1.0', column: 5 },
  {
    name: 'a control character',
    text: '<a>\n \u001b</a>',
    reason: 'U+001B is no character of XML 1.0',
    line: 2,
    column: 2,
  },
  { name: 'half a surrogate pair', text: '<a>\ud800</a>', reason: 'U+D800 is no character of XML 1.0', column: 4 },
  { name: 'a byte order mark', text: '\ufeff<a/>', reason: 'starts with a byte order mark', column: 1 },
  {
    name: 'an end inside an element',
    text: '<a>\n<b>x</b>\n',
    reason: 'ends inside <a> of line 1',
    line: 3,
    column: 1,
  },
  { name: 'an end inside text', text: '<a>\n <b>x', reason: 'ends inside <b> of line 2', line: 2, column: 6 },
  { name: 'an end inside a tag', text: '<a b="1" ', reason: 'ends inside the tag <a>', column: 10 },
  { name: 'an end inside an attribute', text: '<a b="1', reason: 'ends inside attribute "b" of <a>', column: 8 },
  { name: 'an end inside an end tag', text: '<a></a', reason: 'ends inside an end tag', column: 7 },
  { name: 'an end inside a comment', text: '<a><!-- b', reason: 'ends inside a comment', column: 10 },
  { name: 'an end inside CDATA', text: '<a><![CDATA[ b', reason: 'ends inside a CDATA section', column: 15 },
  { name: 'an end inside an instruction', text: '<a><?b c', reason: 'ends inside a processing instruction', column: 9 },
  {
    name: 'mismatched tags',
    text: '<a>\n<b></a></b>',
    reason: '</a> where <b> of line 2 should be closed',
    line: 2,
    column: 4,
  },
  { name: 'tags that differ in case', text: '<a></A>', reason: '</A> where <a> of line 1 should be closed', column: 4 },
  { name: 'an end tag too many', text: '<a/></a>', reason: '</a> closes nothing', column: 5 },
  { name: 'two roots', text: '<a/>\n<b/>', reason: 'a second root element, <b>, follows <a>', line: 2, column: 1 },
  { name: 'text behind the root', text: '<a/>\n x', reason: 'text outside the root element', line: 2, column: 2 },
  { name: 'CDATA behind the root', text: '<a/><![CDATA[x]]>', reason: 'text outside the root element', column: 5 },
  {
    name: 'an attribute twice',
    text: "<a b='1' c='' b='1'/>",
    reason: 'attribute "b" of <a> is given twice',
    column: 14,
  },
  {
    name: 'an attribute without quotes',
    text: '<a b=1/>',
    reason: 'attribute "b" of <a> has no quoted value',
    column: 6,
  },
  { name: 'an attribute without value', text: '<a b/>', reason: 'attribute "b" of <a> has no value', column: 5 },
  {
    name: 'attributes without space',
    text: `<a b='1'c='2'/>`,
    reason: 'no space before attribute "c" of <a>',
    column: 9,
  },
  { name: '"<" in an attribute', text: '<a b="<"/>', reason: 'the value of attribute "b" contains "<"', column: 7 },
  { name: 'a tag that is not closed', text: '<a b="1" !></a>', reason: 'the tag <a> is not closed', column: 10 },
  {
    name: 'a "<" in text',
    text: '<a>1 < 2</a>',
    reason: '"<" starts no tag; a literal one is written "&lt;"',
    column: 6,
  },
  {
    name: 'a name that starts with a digit',
    text: '<1/>',
    reason: '"<" starts no tag; a literal one is written "&lt;"',
    column: 1,
  },
  { name: 'a broken end tag', text: '<a></ a>', reason: '"</" starts no end tag', column: 4 },
  { name: '"]]>" in text', text: '<a>]]></a>', reason: '"]]>" in text; a literal one is written "]]&gt;"', column: 4 },
  { name: '"--" in a comment', text: '<a><!-- - -- --></a>', reason: '"--" inside a comment', column: 11 },
  { name: 'an unknown entity', text: '<a>&nbsp;</a>', reason: '"&nbsp;" is not a predefined entity', column: 4 },
  {
    name: 'a property of objects as entity',
    text: '<a>&constructor;</a>',
    reason: '"&constructor;" is not a predefined entity',
    column: 4,
  },
  {
    name: 'an unknown entity in an attribute',
    text: "<a b='&x;'/>",
    reason: '"&x;" is not a predefined entity',
    column: 7,
  },
  {
    name: 'a lone ampersand',
    text: '<a>R&D</a>',
    reason: '"&" starts no reference; a literal one is written "&amp;"',
    column: 5,
  },
  {
    name: 'a reference to a control character',
    text: '<a>&#0;</a>',
    reason: '"&#0;" is no character of XML 1.0',
    column: 4,
  },
  {
    name: 'a reference beyond Unicode',
    text: '<a>&#x110000;</a>',
    reason: '"&#x110000;" is no character of XML 1.0',
    column: 4,
  },
  {
    name: 'a reference to a surrogate',
    text: '<a>&#xD800;</a>',
    reason: '"&#xD800;" is no character of XML 1.0',
    column: 4,
  },
  {
    name: 'a late XML declaration',
    text: ' <?xml version="1.0"?><a/>',
    reason: 'a malformed or misplaced XML declaration',
    column: 2,
  },
  {
    name: 'a broken XML declaration',
    text: '<?xml?><a/>',
    reason: 'a malformed or misplaced XML declaration',
    column: 1,
  },
  {
    name: 'another version of XML',
    text: '<?xml version="2.0"?><a/>',
    reason: 'a malformed or misplaced XML declaration',
    column: 1,
  },
  {
    name: 'an instruction without a name',
    text: '<a><? b ?></a>',
    reason: '"<?" starts no processing instruction',
    column: 4,
  },
  { name: 'an unknown declaration', text: '<a><!ELEMENT b></a>', reason: '"<!" starts no comment', column: 4 },
  { name: 'another root', text: '<!-- x -->\n<b/>', reason: 'is <b>, expected <a> or <c>', line: 2, column: 1 },
];
for (const { name, text, reason, line = 1, column } of cases) {
  test(`${name}: ${reason}`, () => {
    assert.deepEqual(parseXml(text, ['a', 'c']), { ok: false, reason, line, column });
  });
}

test('line ends are counted as LF, CR and CR LF', () => {
  const parsed = parseXml('<a>\r\n\r\r\n\n&x;</a>', ['a']);
  assert.deepEqual(parsed, { ok: false, reason: '"&x;" is not a predefined entity', line: 5, column: 1 });
});

test('a domain cut off anywhere is a failure', () => {
  const whole = readFileSync(new URL('data/domain-hand-edited.xml', import.meta.url), 'utf8');
  const end = whole.indexOf('</domain>') + '</domain>'.length;
  assert.ok(parseXml(whole.slice(0, end), ['domain']).ok);
  for (let length = 0; length < end; length += 1) {
    assert.equal(parseXml(whole.slice(0, length), ['domain']).ok, false, `cut off behind ${length} characters`);
  }
});
