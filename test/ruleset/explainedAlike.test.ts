/** What a clause remembers of the last facts never shows: it explains each as if it were the first. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnySchemaObject } from 'ajv';
import { exampleSubjects } from '../../src/auditor/exampleSubjects.ts';
import { loadCatalogue } from '../../src/auditor/loadCatalogue.ts';
import type { Violation } from '../../src/model/finding.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { clauseOf, type Validate } from '../../src/ruleset/clauseOf.ts';
import { createAjv } from '../../src/ruleset/compileRule.ts';
import { explain } from '../../src/ruleset/explain.ts';
import { explainedAlike } from '../../src/ruleset/explainedAlike.ts';
import { implyTypes } from '../../src/ruleset/implyTypes.ts';
import { touches } from '../../src/ruleset/touches.ts';

const ajv = createAjv({ explaining: true });

/** A clause, and what it says without a memory. */
const both = (schema: JsonObject) => {
  const thorough = ajv.compile(implyTypes(schema) as AnySchemaObject) as Validate;
  const { violations } = clauseOf(schema, thorough, () => thorough);
  const anew = (facts: JsonObject): Violation[] =>
    thorough(facts) === true ? [] : explain(thorough.errors ?? [], facts);
  return { violations, anew };
};

test('each clause of the catalogue, on the examples of all rules one after the other', () => {
  const rules = loadCatalogue([]);
  const examples = rules.flatMap((rule) =>
    Object.values(rule.examples)
      .flat()
      .flatMap((example) => exampleSubjects(example)),
  );
  assert.ok(examples.length > 1000);
  let remembered = 0;
  for (const { id, when, assert: wanted } of rules) {
    for (const schema of when === undefined ? [wanted] : [when, wanted]) {
      const { violations, anew } = both(schema);
      let last: readonly Violation[] = [];
      for (const { facts } of examples) {
        const found = violations(facts);
        if (found === last) remembered += 1;
        last = found;
        assert.deepEqual(found, anew(facts), id);
      }
    }
  }
  assert.ok(remembered > examples.length, 'nothing was remembered');
});

const schema = { has: { '/a/list': { items: { has: { '/x': { const: 1 } } } }, '/b': { lacks: ['/gone'] } } };
const before = { a: { list: [{ x: 1 }, { x: 2, name: 'two' }] }, b: {} };

const alike = (facts: JsonObject): boolean =>
  explainedAlike(touches(schema), before, [{ at: '/a/list/1/x', message: '' }], facts);

for (const { what, facts, same } of [
  { what: 'the same, and more that nobody reads', facts: { ...structuredClone(before), c: 1 }, same: true },
  {
    what: 'a list with another item',
    facts: { ...before, a: { list: [{ x: 1 }, { x: 3, name: 'two' }] } },
    same: false,
  },
  { what: 'a longer list', facts: { ...before, a: { list: [...before.a.list, { x: 1 }] } }, same: false },
  { what: 'without a place on the way', facts: { a: before.a }, same: false },
  { what: 'a list on the way', facts: { ...before, b: [] }, same: false },
  { what: 'null on the way', facts: { ...before, b: null }, same: false },
]) {
  test(`${what}: ${same ? 'explained alike' : 'explained anew'}`, () => assert.equal(alike(facts), same));
}
