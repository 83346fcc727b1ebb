import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Access, loadPolicy } from '../../src/apparmor/index.ts';
import type { CompiledDfa } from './compiledDfa.ts';
import { memorySource } from './memorySource.ts';
import { mutate } from './mutate.ts';
import { oracle } from './oracle.ts';
import { Random } from './random.ts';
import { randomPolicy } from './randomPolicy.ts';
import { requireParser } from './requireParser.ts';
import { seed } from './seed.ts';

const accesses: readonly Access[] = ['r', 'w', 'a', 'l', 'k', 'm', 'x'];
const pathsOfProfile = 400;
const pairsWanted = 100_000;

/** A link needs `l` for the pair of link and target; without a rule about the target any will do. */
const compiledVerdict = (dfa: CompiledDfa, path: string, access: Access, owner: boolean) => {
  const { allow, audited, quiet } = dfa.decide(access === 'l' ? `${path}\0/any/target` : path, access, owner);
  return { verdict: allow ? 'allow' : 'deny', audited: allow && audited, quiet };
};

test(`decisions agree with the compiled policy on ${pairsWanted} random pairs, seed ${seed}`, requireParser, () => {
  const random = new Random(seed);
  let pairs = 0;
  let rejected = 0;
  let allowed = 0;
  while (pairs < pairsWanted) {
    const { text, links, files, profiles } = randomPolicy(random, 10);
    const compiled = oracle(text, files, 2);
    const tree = Object.fromEntries(Object.entries(files).map(([name, content]) => [`/base/${name}`, content]));
    const policy = loadPolicy(memorySource({ ...tree, '/base/main': text }), { base: '/base', files: ['/base/main'] });
    if ('error' in compiled && compiled.error.startsWith('gave up')) continue;
    if ('error' in compiled) {
      rejected++;
      assert.notEqual(policy.problems.length, 0, `seed ${seed}: apparmor_parser rejects\n${text}\n${compiled.error}`);
      continue;
    }
    assert.deepEqual(policy.problems, [], `seed ${seed}:\n${text}`);
    for (const [name, samples] of profiles) {
      const dfa: CompiledDfa | undefined = compiled.profiles.get(name)?.dfa;
      assert.ok(dfa, `seed ${seed}: ${name} has no automaton`);
      for (let i = 0; i < pathsOfProfile; i++) {
        const path = mutate(random, random.pick(samples)());
        const access = random.pick(links ? accesses : accesses.filter((letter) => letter !== 'l'));
        const owner = random.chance(0.5);
        const { verdict, audited, quiet } = policy.decide({ profile: name, path, access, owner });
        pairs++;
        if (verdict === 'allow') allowed++;
        assert.deepEqual(
          { verdict, audited, quiet },
          compiledVerdict(dfa, path, access, owner),
          `seed ${seed}: ${name} ${access} ${owner ? 'owner ' : ''}${JSON.stringify(path)}\n${text}\n${JSON.stringify(files)}`,
        );
      }
    }
  }
  assert.ok(allowed > pairs / 10, `seed ${seed}: only ${allowed} of ${pairs} paths were allowed`);
  assert.ok(rejected < 10, `seed ${seed}: ${rejected} policies were rejected`);
});
