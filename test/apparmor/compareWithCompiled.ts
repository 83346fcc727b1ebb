import assert from 'node:assert/strict';
import type { Access, Policy } from '../../src/apparmor/index.ts';
import type { CompiledProfile } from './compiledDfa.ts';
import type { Random } from './random.ts';

const accesses: readonly Access[] = ['r', 'w', 'a', 'k', 'm', 'x'];

/** Asserts that a profile's rules and its compiled automaton say the same of all paths, for a random owner each. */
export function compareWithCompiled(
  policy: Policy,
  compiled: CompiledProfile,
  paths: readonly string[],
  random: Random,
): void {
  for (const path of paths) {
    for (const access of accesses) {
      const owner = random.chance(0.5);
      const { verdict, audited, quiet } = policy.decide({ profile: compiled.name, path, access, owner });
      const { allow, ...bits } = compiled.dfa?.decide(path, access, owner) ?? {
        allow: false,
        audited: false,
        quiet: false,
      };
      assert.deepEqual(
        { verdict, audited, quiet },
        { verdict: allow ? 'allow' : 'deny', audited: allow && bits.audited, quiet: bits.quiet },
        `${compiled.name}: ${access} ${owner ? 'as owner ' : ''}on ${JSON.stringify(path)}`,
      );
    }
  }
}
