import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { documentShapes, elementsJson, installedVersion, schemaReader } from '../../../scripts/repeatable-elements.ts';
import { repeatableSince } from '../../../src/facts/xml/repeatableSince.ts';
import { isRepeatable } from '../../../src/facts/xml/shape.ts';
import { singleInPractice } from '../../../src/facts/xml/singleInPractice.ts';

/** The shapes of documents of a schema; `others` are the files that it includes. */
function shapesOf(components: string, others: Record<string, string> = {}): Record<string, unknown> {
  const files: Record<string, string> = { ...others, main: components };
  const read = (file: string): string => `<?xml version="1.0"?><grammar>${files[file]}</grammar>`;
  return documentShapes(read, 'main');
}

/** What may repeat in `<p>`, whose content is this pattern. */
function repeatsIn(pattern: string, definitions = '', others?: Record<string, string>): unknown {
  const shapes = shapesOf(`<start><element name="p">${pattern}</element></start>${definitions}`, others);
  return (shapes.p as { repeatable: unknown }).repeatable;
}

const a = '<element name="a"><text/></element>';
const b = '<element name="b"><empty/></element>';
const defineX = `<define name="x">${a}</define>`;

const cases: {
  name: string;
  pattern: string;
  definitions?: string;
  others?: Record<string, string>;
  repeats: string[];
}[] = [
  { name: 'one element', pattern: a, repeats: [] },
  { name: 'an optional element', pattern: `<optional>${a}</optional>`, repeats: [] },
  { name: 'zeroOrMore', pattern: `<zeroOrMore>${a}</zeroOrMore>`, repeats: ['a'] },
  { name: 'oneOrMore', pattern: `<oneOrMore>${a}</oneOrMore>`, repeats: ['a'] },
  {
    name: 'deep inside a repetition',
    pattern: `<zeroOrMore><choice><group><optional>${a}</optional></group>${b}</choice></zeroOrMore>`,
    repeats: ['a', 'b'],
  },
  {
    name: 'a repetition inside an option',
    pattern: `<optional><group><oneOrMore>${a}</oneOrMore>${b}</group></optional>`,
    repeats: ['a'],
  },
  { name: 'twice in a group', pattern: `<group>${a}${b}${a}</group>`, repeats: ['a'] },
  { name: 'twice in an interleave', pattern: `<interleave>${a}<optional>${a}</optional></interleave>`, repeats: ['a'] },
  { name: 'twice without a group', pattern: `${a}${a}${b}`, repeats: ['a'] },
  { name: 'in two branches of a choice', pattern: `<choice>${a}<group>${a}${b}</group></choice>`, repeats: [] },
  { name: 'in a choice and beside it', pattern: `${a}<choice>${a}${b}</choice>`, repeats: ['a'] },
  { name: 'in two choices', pattern: `<choice>${a}${b}</choice><choice>${a}${b}</choice>`, repeats: ['a', 'b'] },
  { name: 'a branch in which it repeats', pattern: `<choice>${a}<group>${a}${a}</group></choice>`, repeats: ['a'] },
  { name: 'two references', pattern: '<ref name="x"/><ref name="x"/>', definitions: defineX, repeats: ['a'] },
  {
    name: 'a repeated reference',
    pattern: '<zeroOrMore><ref name="x"/></zeroOrMore>',
    definitions: defineX,
    repeats: ['a'],
  },
  {
    name: 'a reference to a repetition',
    pattern: '<ref name="x"/>',
    definitions: `<define name="x"><oneOrMore>${a}</oneOrMore></define>`,
    repeats: ['a'],
  },
  {
    name: 'a repetition above the parent only',
    pattern: `<zeroOrMore><element name="q">${a}</element></zeroOrMore>`,
    repeats: ['q'],
  },
  {
    name: 'a repetition of something impossible',
    pattern: `${a}<zeroOrMore><group>${a}<notAllowed/></group></zeroOrMore>`,
    repeats: [],
  },
  {
    name: 'an impossible option',
    pattern: `${a}<optional>${a}<element name="c"><notAllowed/></element></optional>`,
    repeats: [],
  },
  { name: 'an impossible branch', pattern: `${a}<choice><group>${a}<notAllowed/></group>${b}</choice>`, repeats: [] },
  {
    name: 'definitions combined by interleave',
    pattern: '<ref name="x"/>',
    definitions: `${defineX}<define name="x" combine="interleave">${a}</define>`,
    repeats: ['a'],
  },
  {
    name: 'definitions combined by choice',
    pattern: '<ref name="x"/>',
    definitions: `${defineX}<define name="x" combine="choice">${a}</define>`,
    repeats: [],
  },
  {
    name: 'an impossible definition with a choice added by the including file',
    pattern: '<ref name="x"/>',
    definitions: `<include href="common"/><define name="x" combine="choice"><oneOrMore>${a}</oneOrMore></define>`,
    others: { common: '<define name="x"><notAllowed/></define>' },
    repeats: ['a'],
  },
  {
    name: 'a definition that an include replaces',
    pattern: '<ref name="x"/>',
    definitions: `<include href="common">${defineX}</include>`,
    others: { common: `<define name="x"><oneOrMore>${a}</oneOrMore></define>` },
    repeats: [],
  },
  {
    name: 'a definition that an include of an include brings',
    pattern: '<ref name="x"/>',
    definitions: '<div><include href="outer"/></div>',
    others: { outer: '<include href="inner"/>', inner: `<define name="x"><oneOrMore>${a}</oneOrMore></define>` },
    repeats: ['a'],
  },
  {
    name: 'a nested grammar with definitions of its own',
    pattern: `<ref name="x"/><grammar><start><ref name="x"/></start><define name="x"><oneOrMore>${b}</oneOrMore></define></grammar>`,
    definitions: defineX,
    repeats: ['b'],
  },
  {
    name: 'elements of any name',
    pattern: '<zeroOrMore><element><anyName/><text/></element></zeroOrMore>',
    repeats: [],
  },
  { name: 'annotations of another vocabulary', pattern: `<a:note>${a}${a}</a:note>${a}`, repeats: [] },
];
for (const { name, pattern, definitions, others, repeats } of cases) {
  test(`${name}: ${repeats.length === 0 ? 'nothing' : repeats.join(' and ')} may repeat`, () => {
    assert.deepEqual(repeatsIn(pattern, definitions, others), repeats);
  });
}

test('an element that contains itself ends, and is shaped', () => {
  const recursive = `<define name="x"><element name="x"><attribute name="k"/><zeroOrMore><ref name="x"/></zeroOrMore></element></define>`;
  assert.deepEqual(shapesOf(`<start><ref name="x"/></start>${recursive}`), {
    x: { attributes: ['k'], children: ['x'], repeatable: ['x'], textOnly: [], open: false },
  });
});

test('elements of one name are one shape, sorted', () => {
  const one = '<element name="e"><attribute name="z"/><element name="t"><text/></element></element>';
  const other =
    '<element name="e"><attribute name="k"/><element name="t"><attribute name="u"/></element><oneOrMore><element name="d"/></oneOrMore></element>';
  const shapes = shapesOf(
    `<start><element name="r"><choice>${one}<element name="f">${other}</element></choice></element></start>`,
  );
  assert.deepEqual(shapes.e, {
    attributes: ['k', 'z'],
    children: ['d', 't'],
    repeatable: ['d'],
    textOnly: ['d'],
    open: false,
  });
  assert.deepEqual(Object.keys(shapes), ['d', 'e', 'f', 'r', 't']);
});

test('an element in one of libvirt’s namespaces has its prefix, and so has its content', () => {
  const ns = 'http://libvirt.org/schemas/domain/qemu/1.0';
  const shapes = shapesOf(
    `<start><element name="p"><element name="c" ns="${ns}"><element name="d"/></element></element></start>`,
  );
  assert.deepEqual(Object.keys(shapes), ['p', 'qemu:c', 'qemu:d']);
});

test('content of any name is open, without names', () => {
  const any =
    '<define name="x"><element><anyName/><zeroOrMore><choice><attribute><anyName/></attribute><ref name="x"/></choice></zeroOrMore></element></define>';
  assert.deepEqual(
    shapesOf(`<start><element name="m"><zeroOrMore><ref name="x"/></zeroOrMore></element></start>${any}`),
    {
      m: { attributes: [], children: [], repeatable: [], textOnly: [], open: true },
    },
  );
});

const mistakes: { name: string; pattern: string; definitions?: string; message: RegExp }[] = [
  { name: 'an unknown pattern', pattern: '<externalRef href="x"/>', message: /<externalRef> is not supported/ },
  { name: 'a reference to nothing', pattern: '<ref name="x"/>', message: /there is no define x/ },
  {
    name: 'a definition twice',
    pattern: '<ref name="x"/>',
    definitions: defineX + defineX,
    message: /define x is given twice/,
  },
  {
    name: 'a foreign namespace',
    pattern: '<element name="x" ns="urn:x"/>',
    message: /<x> of "urn:x" has no known name/,
  },
];
for (const { name, pattern, definitions, message } of mistakes) {
  test(`${name} is an error, not less data`, () => assert.throws(() => repeatsIn(pattern, definitions), message));
}

const committed = readFileSync(new URL('../../../src/facts/xml/elements.json', import.meta.url), 'utf8');
const { version, roots } = JSON.parse(committed) as {
  version: string;
  roots: Record<string, Record<string, { repeatable?: string[] }>>;
};

/** Why the committed data can't be generated again here; false where it can. */
function skip(): string | false {
  if (!existsSync('/usr/share/libvirt/schemas/domain.rng')) return 'libvirt’s schemas are not installed';
  try {
    const installed = installedVersion();
    return installed === version ? false : `libvirt ${installed} is installed, the data is of ${version}`;
  } catch {
    return 'the version of libvirt is not known';
  }
}

test('elements.json is what the installed schemas give', { skip: skip() }, () => {
  assert.equal(elementsJson(schemaReader(), installedVersion()), committed);
});

for (const [parent, child] of singleInPractice) {
  test(`the exception for ${child} in ${parent} is still one`, () => {
    assert.ok(roots.domain?.[parent]?.repeatable?.includes(child));
  });
}

for (const [parent, children] of repeatableSince) {
  for (const child of children) {
    test(`${child} in ${parent} is an array, though it was single in libvirt 9.0`, () => {
      assert.ok(!roots.domain?.[parent]?.repeatable?.includes(child));
      assert.ok(isRepeatable('domain', parent, child));
      assert.ok(isRepeatable('domainsnapshot', parent, child));
    });
  }
}
