/** A domain is judged as if it were alone, whatever was judged before it or of it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exampleSubjects } from '../../src/auditor/exampleSubjects.ts';
import { loadCatalogue } from '../../src/auditor/loadCatalogue.ts';
import { createJudges } from '../../src/engine/judges.ts';
import type { CompiledRule } from '../../src/model/clause.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import type { Subject, Unknown } from '../../src/model/subject.ts';
import { createOwnCompiler } from '../../src/ruleset/compile/compileOwn.ts';
import { createCompiler } from '../../src/ruleset/compile/compileRule.ts';
import { Random } from '../apparmor/random.ts';
import { seed } from '../apparmor/seed.ts';
import { loadedRule, rule } from './clause.ts';
import { domain } from './subject.ts';

/** What is found when all are judged one after the other, and how often a rule judged. */
const together = (rules: readonly CompiledRule[], subjects: readonly Subject[]) => {
  let judged = 0;
  const judges = createJudges(() => {
    judged += 1;
  });
  return { found: judges(rules, subjects).map(({ findings }) => findings), judged };
};

/** What is found when each is what has become of the one before, and how often a rule judged. */
const inTurns = (rules: readonly CompiledRule[], subjects: readonly Subject[]) => {
  let judged = 0;
  const judges = createJudges(() => {
    judged += 1;
  });
  const found = subjects.flatMap((subject) =>
    judges(rules, [{ ...subject, target: one }]).map((each) => each.findings),
  );
  return { found, judged };
};

const one = domain({}).target;

const alone = (rules: readonly CompiledRule[], subjects: readonly Subject[]): (readonly Finding[])[] =>
  subjects.flatMap((subject) => together(rules, [subject]).found);

const random = new Random(seed);

const whatever = (known: Json | undefined): Json | undefined =>
  random.chance(0.2)
    ? undefined
    : random.pick<Json>([
        null,
        '',
        'on',
        'yes',
        'virtio',
        'kvm',
        'live',
        0,
        1,
        true,
        [],
        {},
        [{}],
        [known ?? 'x'],
        ['x', 'y'],
      ]);

/** The value with something else at a place, of which an item of a list is any. */
const changed = (value: Json | undefined, [token, ...rest]: readonly string[]): Json | undefined => {
  if (token === undefined) return whatever(value);
  if (typeof value !== 'object' || value === null) return whatever(value);
  if (Array.isArray(value)) {
    const index = random.below(value.length + 1);
    const item = changed(value[index], rest);
    return [...value.slice(0, index), ...(item === undefined ? [] : [item]), ...value.slice(index + 1)];
  }
  const { [token]: before, ...others } = value as JsonObject;
  const after = changed(before, rest);
  return after === undefined ? others : { ...others, [token]: after };
};

/** The subject as it is, and with something else in a place or two at which the rules look. */
const variants = (subject: Subject, rules: readonly CompiledRule[]): Subject[] => {
  const places = rules.flatMap(({ when, assert: wanted }) => [...(when?.touches ?? []), ...wanted.touches]);
  let facts = subject.facts;
  const found = [subject];
  for (let turn = 0; turn < 4; turn++) {
    const next = changed(facts, random.pick(places));
    if (typeof next !== 'object' || next === null || Array.isArray(next)) continue;
    facts = next as JsonObject;
    const unknown = random.below(4) > 0 ? subject.unknown : [...subject.unknown, random.pick(unknowns)];
    found.push({ ...subject, facts, unknown });
  }
  return found;
};

const unknowns: readonly Unknown[] = ['', '/domain', '/domain/devices', '/host', '/sockets/0', '/state'].map((at) => ({
  at,
  reason: 'nobody knows',
}));

test('the rules of the catalogue, on their examples with something changed', () => {
  const compile = createCompiler();
  const catalogue = loadCatalogue([]);
  const rules = catalogue.map(compile).filter(({ info }) => info.target === 'domain');
  let [judged, all] = [0, 0];
  for (const { id, examples } of catalogue) {
    const own = rules.filter(({ info }) => info.id === id);
    if (own.length === 0) continue;
    const subjects = Object.values(examples)
      .flat()
      .flatMap((example) => exampleSubjects(example))
      .filter(({ target }) => target.kind === 'domain')
      .flatMap((subject) => variants(subject, own));
    const result = together(rules, subjects);
    assert.deepEqual(result.found, alone(rules, subjects), id);
    const turns = inTurns(rules, subjects);
    const named = subjects.map((subject) => ({ ...subject, target: one }));
    assert.deepEqual(turns.found, alone(rules, named), `${id}, in turns`);
    judged += Math.max(result.judged, turns.judged);
    all += rules.length * subjects.length;
  }
  assert.ok(judged < 0.7 * all, `${judged} of ${all} were judged`);
});

const list = [
  { name: 'a', on: 'yes' },
  { name: 'b', on: 'no' },
];
const [first, second] = list;

const clauses: readonly JsonObject[] = [
  { has: { '/a': {} } },
  { has: { '/a': { const: 'x' } } },
  { has: { '/a': { enum: ['x', 1, null] } } },
  { has: { '/a': { const: { $data: '/b' } } } },
  { has: { '/a': { pattern: '^x' } } },
  { has: { '/a': { not: { pattern: '^[xy]' } } } },
  { has: { '/a': { minLength: 2 } } },
  { has: { '/a': { maxLength: 1 } } },
  { mayHave: { '/a': { minimum: 1 } } },
  { has: { '/a': { maximum: 1 } } },
  { has: { '/a': { minimum: { $data: '/b' } } } },
  { has: { '/a': { type: 'integer' } } },
  { has: { '/a': { type: 'number' } } },
  { has: { '/a': { type: 'object' } } },
  { lacks: ['/a'] },
  { has: { '/a/b': { lacks: ['/c'] } } },
  { mayHave: { '/a/b': { const: 1 } } },
  { lacks: ['/a/b'] },
  { has: { '/list': { minItems: 2 } } },
  { has: { '/list': { maxItems: 1 } } },
  { has: { '/list': { items: { has: { '/on': { const: 'yes' } } } } } },
  { has: { '/list': { contains: { has: { '/on': { const: 'yes' } } }, minContains: 2 } } },
  { has: { '/list': { contains: { const: 'x' } } } },
  { has: { '/list': { uniqueBy: '/name' } } },
  { has: { '/a': { const: { $data: '/list/0/name' } }, '/list': { items: { has: { '/on': {} } } } } },
  { if: { has: { '/a': { const: 'x' } } }, then: { has: { '/b': {} } }, else: { lacks: ['/b'] } },
  { not: { has: { '/a': { const: 'x' } } } },
  { anyOf: [{ has: { '/a': {} } }, { has: { '/list': { items: { lacks: ['/on'] } } } }] },
];

const facts: readonly JsonObject[] = [
  {},
  { a: 'x' },
  { a: 'y' },
  { a: 'z', b: 'z' },
  { a: 'z', b: 'x' },
  { a: 1 },
  { a: 2 },
  { a: 1.5 },
  { a: Number.POSITIVE_INFINITY },
  { a: Number.NEGATIVE_INFINITY },
  { a: 2, b: 3 },
  { a: '1' },
  { a: 'xy' },
  { a: '\u{1f600}' },
  { a: null },
  { a: {} },
  { a: { b: 1 } },
  { a: { b: {} } },
  { a: { b: { c: 1 } } },
  { a: [] },
  { list: {} },
  { list: [] },
  { list: ['x'] },
  { list: ['y'] },
  { list },
  { list: [second, first] as Json[] },
  { list: [first, { ...second, name: 'c' }] as Json[] },
  { list: [first, { ...second, name: 'a' }] as Json[] },
  { list: [first, { ...second, on: 'yes' }] as Json[] },
  { list: [first, { name: 'b' }] as Json[] },
  { list: [...list, { name: 'c', on: 'no' }] },
  { a: 'a', list },
  { a: 'a', list: [second, first] as Json[] },
];

describe('each pair of facts, under a rule of each keyword', () => {
  for (const clause of clauses) {
    test(JSON.stringify(clause), () => {
      const rules = [rule({ assert: clause }), rule({ when: clause, assert: { has: { '/a': {} } } })];
      for (const before of facts) {
        const subjects = facts.flatMap((after) => [domain(before), domain(structuredClone(after))]);
        assert.deepEqual(together(rules, subjects).found, alone(rules, subjects));
        assert.deepEqual(inTurns(rules, subjects).found, alone(rules, subjects));
      }
    });
  }
});

test('what no rule sees a difference in is not judged', () => {
  const rules = [
    rule({ assert: { has: { '/name': { not: { const: 'agent' } }, '/list': { items: { has: { '/on': {} } } } } } }),
    rule({ assert: { has: { '/other': {} } } }),
  ];
  const subjects = [
    { name: 'a', list },
    { name: 'b', list: list.map(({ on }) => ({ name: 'another', on })) },
  ].map((each) => domain(each));
  assert.equal(together(rules, subjects).judged, 2);
});

test('what was unknown and is not, or for another reason, is judged by those who look there alone', () => {
  const rules = [rule({ assert: { has: { '/a/x': {} } } }), rule({ assert: { has: { '/b': {} } } })];
  const facts = { a: {}, b: 1 };
  const unknowns: readonly (readonly [at: string, reason: string])[][] = [
    [['/a/x', 'first']],
    [['/a/x', 'second']],
    [['/c', 'first']],
    [
      ['/c', 'first'],
      ['/b', 'first'],
    ],
    [
      ['/b', 'first'],
      ['/c', 'first'],
    ],
    [['', 'first']],
  ];
  const subjects = unknowns.map((places) => ({
    ...domain(facts),
    unknown: places.map(([at, reason]) => ({ at, reason })),
  }));
  const turns = inTurns(rules, subjects);
  assert.deepEqual(turns.found, alone(rules, subjects));
  // By both at first, by the first of them twice, by the second twice, and at last by both.
  assert.equal(turns.judged, 8);
});

test('to a rule that does not apply it is all the same what it wants', () => {
  const rules = [rule({ when: { has: { '/on': {} } }, assert: { has: { '/list': { uniqueBy: '/name' } } } })];
  const subjects = [domain({ list: [first] as Json[] }), domain({ list: [second] as Json[] })];
  assert.equal(together(rules, subjects).judged, 1);
});

test('what values meet alike is not judged', () => {
  const rules = [
    rule({ assert: { has: { '/a': { pattern: '^/run/', minLength: 6 } } } }),
    rule({ assert: { has: { '/a': {} } } }),
    rule({ assert: { mayHave: { '/a': { maxLength: 8 } }, lacks: ['/b'] } }),
  ];
  const paths = ['/run/a', '/run/ab', '/run/abcd', '/run/abcde', '/etc/abcd'];
  // The first by all three. The third and those behind it fail by the last, in words of their own; the fifth does so by the first.
  assert.equal(
    together(
      rules,
      paths.map((a) => domain({ a })),
    ).judged,
    7,
  );
});

test('an operator’s pattern, which may take for ever, is asked of nothing but within its bounds', () => {
  const assertion = { has: { '/a': { pattern: '^(x+)+$', minLength: 1, enum: ['x'] } } };
  const own = createOwnCompiler()(loadedRule({ assert: assertion })).assert.looks;
  assert.deepEqual(
    own.map(({ sees }) => sees),
    ['all', 'all', ['x']],
  );
});

test('the message names the item of the domain that it is about', () => {
  const rules = [rule({ assert: { has: { '/list': { items: { has: { '/on': { const: 'yes' } } } } } } })];
  const renamed = [first, { ...second, name: 'another' }] as Json[];
  const [, found] = together(rules, [domain({ list }), domain({ list: renamed })]).found;
  assert.match(JSON.stringify(found), /for another/);
});
