/** Questions about whole sets of paths. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Pattern } from '../../src/apparmor/glob/pattern.ts';
import { loadPolicy, type Policy } from '../../src/apparmor/index.ts';
import { squeezeSlashes } from '../../src/apparmor/policy/squeezeSlashes.ts';
import { decodeEscapes } from '../../src/apparmor/syntax/decodeEscapes.ts';
import { memorySource } from './memorySource.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import { GlobMaker } from './randomGlob.ts';
import { seed } from './seed.ts';

const policyOf = (rules: string): Policy =>
  loadPolicy(memorySource({ '/base/main': `profile t {\n${rules}\n}\n` }), { base: '/base', files: ['/base/main'] });

const every = (policy: Policy, pattern: string) =>
  policy.decideEvery({ profile: 't', pattern, access: 'w', owner: false });

const cases: readonly { name: string; rules: string; pattern: string; refused?: string }[] = [
  { name: 'a wider rule', rules: '/a/** w,', pattern: '/a/*' },
  { name: 'a narrower rule', rules: '/a/* w,', pattern: '/a/**', refused: '/a/a/' },
  { name: 'two rules that cover it together', rules: '/a/{b,c}* w,\n/a/[^bc]* w,', pattern: '/a/?' },
  { name: 'two rules that leave one byte', rules: '/a/[b-z] w,\n/a/[^a-z] w,', pattern: '/a/?', refused: '/a/a' },
  { name: 'a deny inside', rules: '/** w,\ndeny /a/secret w,', pattern: '/a/*', refused: '/a/secret' },
  { name: 'a deny outside', rules: '/** w,\ndeny /b/** w,', pattern: '/a/**' },
  { name: 'the directory itself', rules: '/a/** w,', pattern: '/a/{,**}', refused: '/a/' },
  { name: 'an owner rule does not hold for others', rules: 'owner /a/** w,', pattern: '/a/*', refused: '/a/a' },
  { name: 'no rule at all', rules: '', pattern: '/a', refused: '/a' },
  { name: 'a set without a path that a kernel could ask about', rules: '', pattern: '/a//b{x' + ',y}[/]/' },
  { name: 'a higher priority allows again', rules: '/a/** w,\npriority=1 /a/x w,\ndeny /a/x w,', pattern: '/a/x' },
];

describe('every path of a set', () => {
  for (const { name, rules, pattern, refused } of cases) {
    test(name, () => {
      const sweep = every(policyOf(rules), pattern);
      assert.equal(sweep.holds, refused === undefined, JSON.stringify(sweep));
      if (sweep.holds === false) {
        assert.equal(sweep.path.length, refused?.length, `${sweep.path} is no shortest counterexample`);
        if (!/[?*]/.test(pattern)) assert.equal(sweep.path, refused);
      }
    });
  }
  test('a policy that is not understood', () => assert.equal(every(policyOf('please allow,'), '/a').holds, 'unknown'));
  test('a pattern that is none', () => assert.equal(every(policyOf('/a w,'), '/a{b').holds, 'unknown'));
  test('a profile that is none', () => {
    const sweep = policyOf('').decideEvery({ profile: 'x', pattern: '/a', access: 'w', owner: false });
    assert.deepEqual(sweep, { holds: 'unknown', reason: 'there is no profile x' });
  });
});

describe('modes', () => {
  const inMode = (flags: string, rules: string): Policy =>
    loadPolicy(memorySource({ '/base/main': `profile t flags=(${flags}) {\n${rules}\n}\n` }), {
      base: '/base',
      files: ['/base/main'],
    });
  test('complain mode keeps back from quiet denies alone, wherever they are in the set', () => {
    const sweep = every(inMode('complain', '/a/b w,\naudit deny /a/c w,\ndeny /a/long/name w,'), '/a/**');
    assert.equal(sweep.holds === false && sweep.path, '/a/long/name');
    assert.equal(every(inMode('complain', 'audit deny /a/c w,'), '/a/**').holds, true);
  });
  test('unconfined keeps back from nothing', () =>
    assert.equal(every(inMode('unconfined', 'deny /a/c w,'), '/a/**').holds, true));
});

describe('whether anything in a set is allowed', () => {
  const reach = (rules: string, pattern: string) =>
    policyOf(rules).reach({ profile: 't', pattern, access: 'w', owner: false });
  const reached = (rules: string, pattern: string) => {
    const found = reach(rules, pattern);
    return found.reached === true ? `${found.path} by line ${found.decision.rules[0]?.line}` : found.reached;
  };
  test('a rule for everything', () =>
    assert.equal(reached('/** w,', '/etc/apparmor.d/{,**}'), '/etc/apparmor.d/ by line 2'));
  test('a rule that looks elsewhere', () =>
    assert.equal(reached('/{srv,e?c}/*.conf w,', '/etc/*'), '/etc/.conf by line 2'));
  test('nothing', () => assert.equal(reached('/etc/** r,\n/srv/** w,', '/etc/**'), false));
  test('all of it denied again', () => assert.equal(reached('/** w,\ndeny /etc/** w,', '/etc/**'), false));
  test('owners’ rules are theirs', () => assert.equal(reached('owner /etc/** w,', '/etc/**'), false));
  test('what is not understood', () => assert.equal(reached('please allow,', '/etc/**'), 'unknown'));
});

test('which of many paths are allowed', () => {
  const paths = ['/disks/a', '/disks/b', '/disks/c', '/other'];
  const policy = policyOf('"/disks/a" rwk,\nowner /disks/[bc] w,\ndeny /disks/c w,\n/other r,');
  assert.deepEqual(policy.allowedAmong('t', 'w', paths), ['/disks/a', '/disks/b']);
  assert.deepEqual(policy.allowedAmong('t', 'r', paths), ['/disks/a', '/other']);
  assert.deepEqual(policy.allowedAmong('none', 'w', paths), []);
});

test(`agrees with single paths, seed ${seed}`, () => {
  const random = new Random(seed);
  const maker = new GlobMaker(random, new Map(), true);
  const counts = { true: 0, false: 0, unknown: 0 };
  for (let round = 0; round < 400; round += 1) {
    const globs = Array.from({ length: 1 + random.below(5) }, () => maker.path());
    const asked = random.chance(0.5) ? random.pick(globs) : maker.path();
    const rules = globs.map(({ text }) => `${random.chance(0.2) ? 'deny ' : ''}"${text}" w,`);
    if (random.chance(0.3)) rules.push('/** w,');
    const policy = policyOf(rules.join('\n'));
    if (policy.problems.length > 0) continue;
    const decide = (path: string) => policy.decide({ profile: 't', path, access: 'w', owner: false }).decision;
    const sweep = every(policy, asked.text);
    counts[`${sweep.holds}`] += 1;
    if (sweep.holds === false) {
      assert.equal(decide(sweep.path), 'deny', `${sweep.path} under ${rules.join(' ')}`);
      continue;
    }
    for (let i = 0; i < 40 && sweep.holds === true; i += 1) {
      const path = random.chance(0.5) ? asked.sample() : mutate(random, asked.sample());
      if (!/^\/(?!\/)/.test(path) || /\/\/|\0/.test(path)) continue;
      if (!new Pattern(squeezeSlashes(decodeEscapes(asked.text))).matches(path)) continue;
      assert.equal(decide(path), 'allow', `${path} of ${asked.text} under ${rules.join(' ')}`);
    }
  }
  assert.ok(counts.true > 50 && counts.false > 50, JSON.stringify(counts));
});
