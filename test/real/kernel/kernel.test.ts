/** The evaluator against the kernel itself: one boot, hundreds of file accesses under generated profiles. */
import assert from 'node:assert/strict';
import { loadPolicy } from '../../../src/apparmor/index.ts';
import { apparmorState } from '../../../src/facts/host/apparmor/apparmorState.ts';
import { createHostTree } from '../../../src/facts/host/hostTree.ts';
import { memorySource } from '../../apparmor/memorySource.ts';
import { Random } from '../../apparmor/random.ts';
import { seed } from '../../apparmor/seed.ts';
import { realTest } from '../realTest.ts';
import { acceptedProfile } from './acceptedProfile.ts';
import type { Attempt } from './attempt.ts';
import { bootKernel } from './bootKernel.ts';
import { knownAttempts, knownProfiles } from './knownAttempts.ts';
import { explain, predict } from './predict.ts';
import { randomAttempt } from './randomAttempts.ts';

const flagsOf = ['', '', '', '', '', '', '', '', 'complain', 'complain', 'attach_disconnected', 'unconfined'];
const attemptsOfProfile = 40;

/** It needs minutes of building at first use, so it is part of `make test-host` alone. */
const kernelTest: typeof realTest = process.env.VIRT_AUDIT_HOST_TEST === '1' ? realTest : () => {};

kernelTest(`the kernel answers as the evaluator does, seed ${seed}`, ['apparmorKernel'], async (context) => {
  const random = new Random(seed);
  const profiles = new Map(flagsOf.map((flags, index) => [`p${index}`, acceptedProfile(random, `p${index}`, flags)]));
  const text = knownProfiles + [...profiles.values()].map((profile) => profile.text).join('');
  const policy = loadPolicy(memorySource({ '/policy': text }), { base: '/', files: ['/policy'] });
  assert.deepEqual(policy.problems, []);
  const attempts: Attempt[] = knownAttempts.map(({ attempt }) => attempt);
  for (const [name, profile] of profiles) {
    for (let i = 0; i < attemptsOfProfile; i++) attempts.push(randomAttempt(random, name, profile));
  }

  const started = performance.now();
  const { refused, state } = await bootKernel(text, attempts);
  const refusals = refused.filter((step) => step > 0).length;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  context.diagnostic(`seed ${seed}: ${attempts.length} attempts, ${refusals} refused, ${seconds} s`);

  await context.test('what the documentation promises', () => {
    const found = knownAttempts.map(({ why }, index) => ({ why, refused: refused[index] }));
    assert.deepEqual(
      found,
      knownAttempts.map(({ why, refused: step }) => ({ why, refused: step })),
    );
  });

  await context.test('every attempt', () => {
    const wrong = attempts.flatMap((attempt, index) => {
      const expected = predict(policy, attempt);
      if (expected === refused[index]) return [];
      const profile = profiles.get(attempt.profile)?.text ?? knownProfiles;
      return `seed ${seed}: ${JSON.stringify(attempt)}\nkernel refused step ${refused[index]}, evaluator ${expected} (0: none)\n${explain(policy, attempt)}\n${profile}`;
    });
    assert.equal(wrong.length, 0, `${wrong.length} of ${attempts.length} differ\n${wrong.slice(0, 5).join('\n')}`);
    assert.ok(refusals > attempts.length / 5 && refusals < (attempts.length * 4) / 5, `${refusals} were refused`);
  });

  await context.test('what securityfs says is understood', () => {
    const documents = Object.entries(state).map(
      ([origin, content]) => ({ kind: 'file', origin, text: content }) as const,
    );
    const sys = { kind: 'directory', origin: '/sys/module', mode: 0o755, uid: 0, gid: 0 } as const;
    const { enabled, loaded, why } = apparmorState(createHostTree([sys, ...documents]));
    const modes = [...policy.profiles].map(([name, { mode }]) => [name, mode] as const);
    assert.deepEqual({ enabled, why }, { enabled: true, why: '' });
    assert.deepEqual(new Map([...(loaded ?? [])].sort()), new Map(modes.sort()));
    assert.ok(state['/sys/kernel/security/lsm']?.split(',').includes('apparmor'));
  });
});
