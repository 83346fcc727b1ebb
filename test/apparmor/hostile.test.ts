import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Decision, loadPolicy } from '../../src/apparmor/index.ts';
import { memorySource } from './memorySource.ts';
import { Random } from './random.ts';
import { seed } from './seed.ts';

/** More than anything here takes on a slow machine, far less than exponential work would. Milliseconds. */
const bound = 60_000;

/** Loads a policy of one file and asks whether profile `t` may read `path`. */
function mayRead(path: string, text: string, files: Readonly<Record<string, string>> = {}): Decision {
  const policy = loadPolicy(memorySource({ ...files, '/base/main': text }), { base: '/base', files: ['/base/main'] });
  return policy.decide({ profile: 't', path, access: 'r', owner: false });
}

const rule = (pattern: string): string => `profile t {\n${pattern} r,\n}\n`;
const long = 'a'.repeat(4000);

describe('input that no administrator writes is answered in bounded time', () => {
  const cases: readonly {
    name: string;
    path: string;
    text: string;
    decision: Decision['decision'];
    reason: RegExp;
    files?: Readonly<Record<string, string>>;
  }[] = [
    {
      name: 'stars that a backtracking matcher would try in all ways',
      path: `/${long}b`,
      text: rule(`/${'**a'.repeat(200)}c`),
      decision: 'deny',
      reason: /no rule/,
    },
    {
      name: 'alternatives of stars, nested',
      path: `/${long}`,
      text: rule(`/${'{**a,'.repeat(40)}b${'}'.repeat(40)}`),
      decision: 'allow',
      reason: /allowed by \/base\/main:2/,
    },
    {
      name: 'braces opened 10,000 times',
      path: '/a',
      text: rule(`/${'{a,'.repeat(10_000)}b`),
      decision: 'unknown',
      reason: /main:2: braces are nested more than 50 deep/,
    },
    {
      name: '10,000 alternatives',
      path: '/name9999/x',
      text: rule(`/{${Array.from({ length: 10_000 }, (_, i) => `name${i}`).join(',')}}/*`),
      decision: 'allow',
      reason: /allowed by/,
    },
    {
      name: '10,000 alternatives that all begin with a star',
      path: `/${long}`,
      text: rule(`/{${Array.from({ length: 10_000 }, (_, i) => `*${i}`).join(',')}}`),
      decision: 'deny',
      reason: /no rule/,
    },
    {
      name: 'variables that double thirty times',
      path: '/a',
      text: `@{V0}=a b\n${Array.from({ length: 30 }, (_, i) => `@{V${i + 1}}=@{V${i}}@{V${i}}\n`).join('')}${rule('/@{V30}')}`,
      decision: 'unknown',
      reason: /too many combinations/,
    },
    {
      name: 'variables in a circle',
      path: '/a',
      text: `@{A}=@{B}\n@{B}=@{A}\n${rule('/@{A}')}`,
      decision: 'unknown',
      reason: /refers to itself/,
    },
    {
      name: 'includes in a circle',
      path: '/a',
      text: 'profile t {\ninclude <x>\n}\n',
      files: { '/base/x': 'include <y>\n', '/base/y': 'include <x>\n/a r,\n' },
      decision: 'allow',
      reason: /allowed by \/base\/y:2/,
    },
    {
      name: 'a file that includes itself before its profile',
      path: '/a',
      text: `include <main>\n${rule('/a')}`,
      decision: 'unknown',
      reason: /defined twice/,
    },
    {
      name: 'a missing include',
      path: '/a',
      text: 'profile t {\n/a r,\ninclude <nope>\n}\n',
      decision: 'unknown',
      reason: /main:3: there is no \/base\/nope/,
    },
    {
      name: 'a block that is never closed',
      path: '/a',
      text: 'profile t {\n/a r,\n',
      decision: 'unknown',
      reason: /main:3: expected "}"/,
    },
    {
      name: '100,000 open blocks',
      path: '/a',
      text: `profile t {${'{'.repeat(100_000)}`,
      decision: 'unknown',
      reason: /nested too deep/,
    },
    {
      name: 'a quote that is never closed in 10 MB',
      path: '/a',
      text: `profile t {\n"/${'a\\'.repeat(5_000_000)} r,\n}\n`,
      decision: 'unknown',
      reason: /never closed/,
    },
    {
      name: 'an identifier of 10 MB',
      path: '/a',
      text: rule(`/${'a'.repeat(10_000_000)}`),
      decision: 'unknown',
      reason: /more than 1048576 bytes/,
    },
  ];
  for (const { name, path, text, decision, reason, files } of cases) {
    test(name, { timeout: bound }, () => {
      const answer = mayRead(path, text, files);
      assert.equal(answer.decision, decision);
      assert.match(answer.reason, reason);
    });
  }

  test('a profile of 10 MB', { timeout: bound }, () => {
    const rules = Array.from(
      { length: 50_000 },
      (_, i) => `  /srv/number-${i}/{,**} rw, #${' padding'.repeat(23)}\n`,
    ).join('');
    assert.ok(rules.length > 10_000_000);
    const policy = loadPolicy(memorySource({ '/base/main': `profile t {\n${rules}}\n` }), { base: '/base' });
    const ask = (path: string) => policy.decide({ profile: 't', path, access: 'w', owner: true }).decision;
    assert.equal(ask('/srv/number-49999/a/b'), 'allow');
    assert.equal(ask('/srv/number-50000/a/b'), 'deny');
  });
});

test(`binary garbage is never understood and never throws, seed ${seed}`, () => {
  const random = new Random(seed);
  for (let i = 0; i < 300; i++) {
    const garbage = Array.from({ length: 1 + random.below(200) }, () => String.fromCharCode(random.below(256))).join(
      '',
    );
    const answer = mayRead('/a', `profile t {\n/a r,\n\x00${garbage}\n}\n`);
    assert.equal(answer.decision, 'unknown', JSON.stringify(garbage));
  }
});

test(`a policy cut short anywhere is unknown, seed ${seed}`, () => {
  const text =
    '@{V}=a b\nprofile t flags=(complain) {\n  include <x>\n  owner "/a b" rw,\n  /@{V} r,\n  ^hat { /b r, }\n}';
  for (let end = 0; end < text.length; end++) {
    const answer = mayRead('/a', text.slice(0, end), { '/base/x': '/x r,\n' });
    assert.equal(answer.decision, 'unknown', text.slice(0, end));
  }
  assert.equal(mayRead('/a', text, { '/base/x': '/x r,\n' }).decision, 'allow');
});

describe('includes that do not end', () => {
  const problemsOf = (files: Readonly<Record<string, string>>): readonly string[] => {
    const policy = loadPolicy(memorySource(files), { base: '/base', files: ['/base/main'] });
    return policy.problems.map(({ scope, message }) => `${scope}: ${message}`);
  };

  test('a file that includes itself inside its profile is refused', () => {
    assert.deepEqual(problemsOf({ '/base/main': 'profile t {\n include <main>\n}\n' }), [
      'file: /base/main includes itself inside a profile of its own',
    ]);
  });

  for (const main of ['profile t {\n include <f0>\n}\n', 'include <f0>\nprofile t {\n}\n']) {
    test(`a chain of includes is followed only so deep: ${JSON.stringify(main)}`, () => {
      const chain = Array.from({ length: 3000 }, (_, at) => [`/base/f${at}`, `include <f${at + 1}>\n`]);
      assert.deepEqual(problemsOf({ ...Object.fromEntries(chain), '/base/main': main }), [
        'file: includes nested more than 1000 deep are not followed',
      ]);
    });
  }
});
