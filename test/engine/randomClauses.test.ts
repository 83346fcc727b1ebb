/** Rules of every kind, on domains that come, go and change: what is found is what each would be found to be alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../../src/engine/createEngine.ts';
import { evaluateRule } from '../../src/engine/evaluateRule.ts';
import { createJudges } from '../../src/engine/judges.ts';
import type { CompiledRule } from '../../src/model/clause.ts';
import { isObject, type JsonObject } from '../../src/model/json.ts';
import { toPointer } from '../../src/model/pointer.ts';
import type { Subject, Unknown } from '../../src/model/subject.ts';
import { createCompiler } from '../../src/ruleset/compile/compileRule.ts';
import { Random } from '../apparmor/random.ts';
import { seed } from '../apparmor/seed.ts';
import { loadedRule } from './clause.ts';
import { changedAt, randomClause, tokens } from './randomClause.ts';
import { domain } from './subject.ts';

const rulesets = 30;
const rounds = 12;
const random = new Random(seed);

const randomRules = (): CompiledRule[] => {
  const compile = createCompiler();
  return ['first', 'second', 'third'].map((id) => {
    const when = random.chance(0.4) ? { when: randomClause(random, 2) } : {};
    return compile(loadedRule({ ...when, assert: randomClause(random, 3) }, { id }));
  });
};

type Places = readonly (readonly string[])[];

const changed = (places: Places, facts: JsonObject): JsonObject => {
  const now = changedAt(random, facts, random.pick(places));
  return isObject(now) ? now : facts;
};

/** An unknown place at, above or inside of one that rules look at, or anywhere. */
const unknown = (places: Places): Unknown => {
  const place = random.pick([...places, tokens(random)]).map((token) => (token === '*' ? '0' : token));
  const at = random.pick([place, place.slice(0, -1), [...place, ...tokens(random)]]);
  return { at: toPointer(at), reason: random.pick(['one', 'another']) };
};

const renamed = (subject: Subject): Subject => ({
  ...subject,
  target: { kind: 'domain', name: random.pick(['web', 'db']), uuid: random.pick(['first', 'second']) },
  definition: random.pick(['live', 'config']),
});

/** A domain in the next round: most often with something else in it, or made anew of the same. */
const next = (places: Places, subject: Subject): Subject[] => {
  switch (random.below(8)) {
    case 0:
      return random.chance(0.5) ? [] : [subject, renamed(subject)];
    case 1:
      return [renamed({ ...subject, facts: structuredClone(subject.facts) })];
    case 2:
      return [{ ...subject, unknown: random.chance(0.5) ? [] : [...subject.unknown, unknown(places)] }];
    case 3:
      return [{ ...subject, unknown: subject.unknown.toReversed() }];
    case 4:
      return [subject];
    default:
      return [{ ...subject, facts: changed(places, subject.facts) }];
  }
};

const scratch = (rules: readonly CompiledRule[], subjects: readonly Subject[]) =>
  subjects.map((subject) => rules.map((rule) => evaluateRule(rule, subject)));

test(`${rulesets} rulesets of random clauses, each for ${rounds} rounds (seed ${seed})`, () => {
  const outcomes = new Set<string>();
  let [judged, all] = [0, 0];
  for (let ruleset = 0; ruleset < rulesets; ruleset++) {
    let rules: readonly CompiledRule[] = randomRules();
    const places = rules.flatMap(({ when, assert: wanted }) => [...(when?.looks ?? []), ...wanted.looks]);
    const looked = places.map(({ at }) => at).filter((at) => at.length > 0);
    const around = looked.length === 0 ? [tokens(random)] : looked;
    const judges = createJudges(() => {
      judged += 1;
    });
    const engine = createEngine();
    let subjects = [domain({}), renamed(domain(changed(around, {})))];
    for (let round = 0; round < rounds; round++) {
      const found = scratch(rules, subjects);
      const told = `ruleset ${ruleset}, round ${round}`;
      assert.deepEqual(
        judges(rules, subjects).map(({ findings }) => findings),
        found,
        told,
      );
      assert.deepEqual(engine(rules, subjects), createEngine()(rules, subjects), told);
      all += found.flat().length;
      for (const { outcome } of found.flat()) outcomes.add(outcome);
      subjects = subjects.flatMap((subject) => next(around, subject)).slice(0, 6);
      if (subjects.length < 2) subjects.push(renamed(domain(changed(around, {}))));
      if (random.chance(0.2)) subjects.reverse();
      if (random.chance(0.1)) rules = rules.toReversed();
    }
  }
  assert.deepEqual([...outcomes].sort(), ['error', 'fail', 'notapplicable', 'pass']);
  assert.ok(judged < 0.7 * all, `${judged} of ${all} were judged`);
});
