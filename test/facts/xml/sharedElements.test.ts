/** Whatever a text is, what is read of it in parts is what is read of it as a whole. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { maxDepth } from '../../../src/facts/xml/openElements.ts';
import { parseXml } from '../../../src/facts/xml/parseXml.ts';
import { createSharingParser, type SharingParser } from '../../../src/facts/xml/sharedElements.ts';
import { Random } from '../../apparmor/random.ts';
import { seed } from '../../apparmor/seed.ts';

const folder = join(import.meta.dirname, '..', '..');
const domains = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(facts\/xml\/data\/domain[^/]*|hosts\/.*\/domains\/[^/]*)\.xml$/.test(file))
  .map((file) => readFileSync(join(folder, file), 'utf8'));

const alike = (parser: SharingParser, text: string): void =>
  // Not deepEqual: the order of what is in an object is that of the document.
  assert.equal(JSON.stringify(parser.parse(text)), JSON.stringify(parseXml(text, ['domain'])), text);

const domain = (content: string, devices = '<disk/>'): string =>
  `<domain type='kvm'>\n  <name>a</name>\n${content}  <devices>\n    ${devices}\n  </devices>\n</domain>\n`;

/** What a line of libvirt's layout may be mistaken for, and what may be mistaken for one. */
const pieces = [
  ...['<', '>', '/', "'", '&', '&amp;', ' ', '\n', '\n  ', '\n    ', 'x', '\u0000', '\uFEFF'],
  ...['\n  <', '\n  <a>', '\n  <a/>', '\n  </a>', '\n    <a/>', '\n    <a>\n    </a>', '<a/>', "<a b='c'/>"],
  ...["='", '"', "''", "\n  <a b='c' d='e'/>", "\n  <a b='' d=' e '/>", "\n  <a b='c' b='e'/>", "\n  <a b='&lt;'/>"],
  ...[
    "\n  <a b='c'>",
    '\n  <a>c</a>',
    "\n  <a b='c'> d </a>",
    '\n  <a>.</a>',
    '\n  <a> </a>',
    '\n  <a></a>',
    '\n  <a>b</c>',
  ],
  ...['\n  <!-- ', ' -->', '\n  <![CDATA[', ']]>', '\n  <?a', '?>', "\n  <?xml version='1.0'?><a/>", '<!DOCTYPE a>'],
  ...[
    '</a> <!-- b -->',
    '/> <?a?> ',
    '\n  <devices>',
    '\n  </devices>',
    '\n  <devices/>',
    '\n</domain>',
    "\n<domain type='kvm'>",
  ],
];

const damaged = (text: string, random: Random): string => {
  let now = text;
  for (let times = random.below(3); times >= 0; times--) {
    const at = random.below(now.length);
    const line = now.lastIndexOf('\n', at);
    const from = random.chance(0.5) && line !== -1 ? line : at;
    const length = random.chance(0.5) ? 0 : random.below(40);
    now = now.slice(0, from) + (random.chance(0.8) ? random.pick(pieces) : '') + now.slice(from + length);
  }
  return now;
};

describe('in parts as a whole', () => {
  test(`${domains.length} domains, and each again`, () => {
    assert.ok(domains.length > 15);
    const parser = createSharingParser();
    for (const text of [...domains, ...domains]) alike(parser, text);
  });

  test(`damaged ones, by a parser that remembers others (seed ${seed})`, () => {
    const random = new Random(seed);
    const parser = createSharingParser();
    let read = 0;
    for (let round = 0; round < 4000; round++) {
      const text = damaged(random.pick(domains), random);
      alike(parser, text);
      if (parser.parse(text).ok) read += 1;
      if (round % 500 === 0) parser.endRound();
    }
    assert.ok(read > 300 && read < 3700, `${read} could be read`);
  });

  const deep = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);
  const texts: Record<string, string> = {
    'an element that only the next line closes': domain('  <a>\n  <a/></a><a/>\n'),
    'an element between quotes': domain("  <a b='\n  <c/>\n  '/>\n"),
    'a line of a comment': domain('  <!--\n  <a/>\n  -->\n'),
    'a line of a CDATA section': domain('  <a><![CDATA[\n  <b/>\n  ]]></a>\n'),
    'a comment behind an element': domain("  <a b='c'/> <!-- d -->\n  <e b='f'/>\n  <g>h</g>\n"),
    'an instruction behind an element': domain('  <a>b</a>\t<?c?>\n  <d/>\n  <e>f</e>\n'),
    'a declaration within': domain("  <?xml version='1.0'?><a/>\n"),
    'text beside elements': domain('  <a/>text\n  <b/>\n'),
    'elements side by side': domain('  <a/><b/>\n'),
    'lines that differ in their values': domain(
      "  <a b='c' d='e'>f</a>\n  <a b='' d=' '> g </a>\n  <a b='.' d='=c'>.</a>\n",
    ),
    'an attribute twice': domain("  <a b='c'/>\n  <a b='c' b='d'/>\n"),
    'references among values': domain("  <a b='c'>d</a>\n  <a b='&amp;'>d</a>\n  <a b='c'>&lt;</a>\n"),
    'quotes in quotes': domain(`  <a b='c' d='e'/>\n  <a b="d='e'" d="='e'"/>\n  <a>='b'</a>\n`),
    'an end tag of another name': domain('  <a>b</a>\n  <a>b</c>\n'),
    'letters beyond ASCII': domain("  <a b='c'>d</a>\n  <a b='\u00E9'>\u{1F600}</a>\n  <\u00E9 b='c'/>\n"),
    'attributes that may be mistaken for a prototype': domain(
      "  <a __proto__='b' constructor='c'>d</a>\n  <__proto__ a='b'>c</__proto__>\n",
    ),
    'no devices': "<domain type='kvm'>\n  <name>a</name>\n</domain>\n",
    'devices twice': domain('  <devices>\n    <disk/>\n  </devices>\n'),
    'devices with attributes': domain('').replace('<devices>', "<devices a='b'>"),
    'devices with text': domain('', '<disk/>\n    text'),
    'an element that may repeat, once and twice': domain('', '<disk/>\n    <emulator>a</emulator>\n    <disk/>'),
    'what may be mistaken for a prototype': domain('  <__proto__/>\n  <constructor/>\n'),
    'as deep as may be': domain('', deep(maxDepth - 2)),
    'deeper than may be': domain('', deep(maxDepth - 1)),
    'another root': domain('').replaceAll('domain', 'network'),
    'a broken start': domain('').replace("'kvm'", 'kvm'),
    'text behind': `${domain('')}text`,
  };
  for (const [name, text] of Object.entries(texts)) {
    test(name, () => {
      const parser = createSharingParser();
      alike(parser, text);
      alike(parser, domain('  <a/>\n'));
      alike(parser, text);
      const knowing = createSharingParser();
      alike(knowing, domain(''));
      alike(knowing, text);
    });
  }
});

test('the same text is the same object, and another is another', () => {
  const parser = createSharingParser();
  const read = (text: string) => {
    const parsed = parser.parse(text);
    assert.ok(parsed.ok);
    return parsed.document.domain as Record<string, Record<string, unknown[]>>;
  };
  const first = read(domain("  <clock offset='utc'/>\n", '<disk/>\n    <video/>'));
  parser.endRound();
  const second = read(domain("  <clock offset='utc'/>\n", "<disk type='file'/>\n    <video/>"));
  assert.equal(first.clock, second.clock);
  assert.equal(first.devices?.video?.[0], second.devices?.video?.[0]);
  assert.deepEqual(second.devices?.disk, [{ '@type': 'file' }]);
  parser.endRound();
  parser.endRound();
  assert.notEqual(read(domain("  <clock offset='utc'/>\n")).clock, first.clock);
});
