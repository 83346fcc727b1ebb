import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Access, loadPolicy } from '../../src/apparmor/index.ts';
import { memorySource } from './memorySource.ts';

/** A question that several releases of apparmor_parser were asked; `expected` is the answer of 5.0.2. */
interface Case {
  readonly id: string;
  readonly profileText: string;
  readonly files: Readonly<Record<string, string>>;
  readonly profile: string;
  readonly path: string;
  readonly perm: Access;
  readonly owner: boolean;
  readonly expected: 'allow' | 'deny' | 'error';
  readonly audited: boolean;
  readonly quiet: boolean;
  /** The mode the kernel gets: 0 enforce, 1 complain; null when the policy is rejected. */
  readonly mode: number | null;
  readonly note: string | null;
}

const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const { cases } = JSON.parse(readFileSync(new URL('data/cases.json', import.meta.url), 'utf8')) as {
  cases: readonly Case[];
};

test('the corpus is whole', () => assert.equal(cases.length, 243));

for (const question of cases) {
  test(`${question.id}: ${question.note ?? question.path}`, () => {
    const files: Record<string, string> = { '/policy/main': bytes(question.profileText) };
    for (const [name, text] of Object.entries(question.files)) files[`/policy/${name}`] = bytes(text);
    const policy = loadPolicy(memorySource(files), { base: '/policy', files: ['/policy/main'] });
    const { decision, verdict, audited, quiet } = policy.decide({
      profile: question.profile,
      path: bytes(question.path),
      access: question.perm,
      owner: question.owner,
    });
    if (question.expected === 'error') {
      assert.deepEqual({ decision, verdict }, { decision: 'unknown', verdict: 'unknown' });
      assert.notEqual(policy.problems.length, 0);
      return;
    }
    const { expected } = question;
    assert.deepEqual(
      { verdict, audited, quiet },
      { verdict: expected, audited: question.audited, quiet: question.quiet },
    );
    assert.deepEqual(policy.problems, []);
    const complains = question.mode === 1;
    assert.equal(policy.profiles.get(question.profile)?.mode, complains ? 'complain' : 'enforce');
    const letThrough = complains && expected === 'deny' && !question.quiet;
    assert.equal(decision, letThrough ? 'not-enforced' : expected);
  });
}
