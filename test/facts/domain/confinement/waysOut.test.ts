import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { waysOut } from '../../../../src/facts/domain/confinement/waysOut.ts';
import { hostFacts } from '../../../../src/facts/host/hostFacts.ts';
import { file } from '../../host/documents.ts';

const name = 'libvirt-5a1f1c3e-6f0e-4c55-9c9b-0d4c2f0a7a01';

const outOf = (rules: string, others = '') => {
  const { policy } = hostFacts(
    [file(`/etc/apparmor.d/libvirt/${name}`, `profile ${name} {\n${rules}\n}\n`), file('/etc/apparmor.d/o', others)],
    [],
    [],
  );
  const profile = policy.profiles.get(name);
  assert.ok(profile);
  assert.deepEqual(profile.problems, []);
  return waysOut(profile, policy).length;
};

const evil = 'profile evil /usr/bin/evil { /** r, }';

const cases: readonly { rules: string; others?: string; out: number }[] = [
  { rules: '/usr/bin/evil ux,', out: 1 },
  { rules: '/usr/bin/evil Ux,', others: evil, out: 1 },
  { rules: '/usr/bin/evil pux,', out: 1 },
  { rules: '/usr/bin/evil PUx,', out: 1 },
  { rules: '/usr/bin/evil cux,', out: 1 },
  { rules: '/usr/bin/evil CUx -> child,', out: 1 },
  { rules: '/usr/bin/evil pux,', others: evil, out: 0 },
  { rules: '/usr/bin/evil pux,', others: '/usr/bin/evil { /** r, }', out: 0 },
  { rules: '/usr/bin/* pux,', others: evil, out: 1 },
  { rules: '/usr/bin/evil pux -> evil,', others: evil, out: 0 },
  { rules: '/usr/bin/evil pux -> good,', others: evil, out: 1 },
  { rules: '/usr/bin/evil cux,', others: evil, out: 1 },
  { rules: '/usr/bin/evil cux -> child,\nprofile child { /** r, }', out: 0 },
  { rules: '/usr/bin/evil cux,\nprofile child /usr/bin/evil { /** r, }', out: 0 },
  { rules: '/usr/bin/evil ix,\n/usr/bin/good px,', out: 0 },
  { rules: 'change_profile,', out: 1 },
  { rules: 'change_profile -> unconfined,', out: 1 },
  { rules: 'change_profile /bin/sh -> other,', out: 1 },
  { rules: `change_profile -> ${name}//child,`, out: 0 },
  { rules: 'deny change_profile -> unconfined,', out: 0 },
];

describe('ways out of a domain’s profile', () => {
  for (const { rules, others, out } of cases) {
    test(`${rules}${others === undefined ? '' : ` beside ${others}`}: ${out}`, () =>
      assert.equal(outOf(rules, others), out));
  }
});
