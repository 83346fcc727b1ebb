import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Access, loadPolicy, type Policy } from '../../src/apparmor/index.ts';
import { memorySource } from './memorySource.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { GlobMaker } from './randomGlob.ts';
import { seed } from './seed.ts';

const accesses: readonly Access[] = ['r', 'w', 'a', 'l', 'k', 'm', 'x'];

interface Rule {
  readonly text: string;
  readonly sample: () => string;
}

function randomRules(random: Random, count: number): Rule[] {
  const maker = new GlobMaker(random, new Map(), true);
  return Array.from({ length: count }, () => {
    const glob = maker.path();
    const deny = random.chance(0.3);
    const words = [random.chance(0.2) && 'audit', deny && 'deny', random.chance(0.3) && 'owner'].filter(Boolean);
    return { text: `${words.join(' ')} "${glob.text}" rk${deny ? 'lwx' : 'laix'},`, sample: glob.sample };
  });
}

const policyOf = (rules: readonly Rule[]): Policy =>
  loadPolicy(memorySource({ '/base/main': `profile t {\n${rules.map(({ text }) => text).join('\n')}\n}\n` }), {
    base: '/base',
    files: ['/base/main'],
  });

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: random.next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** Calls `check` with random questions about paths that the rules may match. */
function ask(
  random: Random,
  rules: readonly Rule[],
  check: (path: string, access: Access, owner: boolean) => void,
): void {
  for (let i = 0; i < 60; i++) {
    check(mutate(random, random.pick(rules).sample()), random.pick(accesses), random.chance(0.5));
  }
}

test(`the order of rules never matters, seed ${seed}`, () => {
  const random = new Random(seed);
  let explicit = 0;
  for (let i = 0; i < 150; i++) {
    const rules = randomRules(random, 6);
    const [given, reordered] = [policyOf(rules), policyOf(shuffled(random, rules))];
    assert.deepEqual(given.problems, []);
    ask(random, rules, (path, access, owner) => {
      const question = { profile: 't', path, access, owner };
      const { verdict, audited, quiet, rules: deciding } = given.decide(question);
      const other = reordered.decide(question);
      const texts = (list: typeof deciding) => list.map(({ text }) => text).sort();
      assert.deepEqual([other.verdict, other.audited, other.quiet], [verdict, audited, quiet]);
      assert.deepEqual(texts(other.rules), texts(deciding));
      if (deciding.length > 0) explicit++;
    });
  }
  assert.ok(explicit > 1000);
});

test(`one more deny never allows and always denies what it speaks of, and one more allow never denies, seed ${seed}`, () => {
  const random = new Random(seed);
  let changed = 0;
  for (let i = 0; i < 150; i++) {
    const rules = randomRules(random, 5);
    const [extra] = randomRules(random, 1);
    assert.ok(extra);
    const denies = extra.text.includes('deny ');
    const [before, alone, after] = [policyOf(rules), policyOf([extra]), policyOf([...rules, extra])];
    ask(random, [...rules, extra, extra], (path, access, owner) => {
      const question = { profile: 't', path, access, owner };
      if (denies && alone.decide(question).explicit) assert.equal(after.decide(question).verdict, 'deny', extra.text);
      const [first, second] = [before.decide(question).verdict, after.decide(question).verdict];
      if (first === second) return;
      changed++;
      assert.equal(second, denies ? 'deny' : 'allow', extra.text);
    });
  }
  assert.ok(changed > 100);
});
