import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPolicy } from '../../src/apparmor/index.ts';
import { memorySource } from './memorySource.ts';
import { oracle } from './oracle.ts';
import { Random } from './random.ts';
import { requireParser } from './requireParser.ts';
import { seed } from './seed.ts';

const files = { 'abi/3.0': '', inc: '/inc r,\n' };

/** Rules, good and bad; each is cut, joined and mixed with others below. */
const pieces = [
  '/a r,',
  'r /a,',
  '/a rwl -> /b,',
  'owner /a rw,',
  'deny owner /a x,',
  'owner deny /a r,',
  'audit deny /a w,',
  'deny audit /a w,',
  'allow file /a r,',
  'file,',
  'deny file,',
  '/a px,',
  '/a x,',
  '/a Pix -> b,',
  '/* ux,',
  '/a* cx -> d,',
  'deny /a px,',
  '/a wa,',
  '/a rp,',
  'unsafe /a px,',
  'unsafe /a r,',
  'link /a -> /b,',
  'link subset /a -> /b,',
  'link /a,',
  'capability kill chown,',
  'owner capability kill,',
  'network inet stream,',
  'unix (send, receive) type=stream peer=(label=foo),',
  'dbus send bus=system path=/a/b interface=c.d member={A,B} peer=(name=e),',
  'signal (send) set=(term, kill) peer=foo,',
  'ptrace (trace read) peer=@{profile_name},',
  'mount options=(rw, bind) /a -> /b,',
  'umount /a,',
  'pivot_root oldroot=/a /b,',
  'change_profile -> foo//bar,',
  'set rlimit nofile <= 100,',
  'include <inc>',
  '#include <inc>',
  'include if exists <nope>',
  'include <nope>',
  '# comment',
  'owner { /a r, }',
  'deny { /a r, }',
  '{ /a r, }',
  '^hat { /a r, }',
  'hat h flags=(complain) { /a r, }',
  'profile kid { /a r, }',
  'profile kid /x { /a r, }',
  'if defined @{V} { /a r, } else { /b r, }',
  'if not defined $B { /a{b r, }',
  'if $B { /a r, }',
  '@{V}=x',
  '/@{V}/b r,',
  '/@{NOPE} r,',
  '/a{b,c} r,',
  '/a{b} r,',
  '/a[b-] r,',
  '/a[^b]] r,',
  '"/a b" r,',
  '/a\\ b r,',
  '/a!b r,',
  '/a,b r,',
  'a r,',
  ',',
] as const;

test(`policies are rejected as apparmor_parser rejects them, seed ${seed}`, requireParser, () => {
  const random = new Random(seed);
  let rejected = 0;
  const count = 250;
  for (let i = 0; i < count; i++) {
    const chosen = Array.from({ length: 1 + random.below(3) }, () => random.pick(pieces));
    // Of what nobody writes, to understand less than apparmor_parser does is no harm: only more would be.
    const spoilt = random.chance(0.5);
    const body = (spoilt ? chosen.map((piece) => damaged(random, piece)) : chosen).join('\n');
    const text = `@{V}=x y\n$B=true\nprofile t {\n${body}\n}\n`;

    const compiled = oracle(text, files, 5);
    const tree = Object.entries(files).map(([name, content]) => [`/base/${name}`, content] as const);
    const source = memorySource({ ...Object.fromEntries(tree), '/base/main': text });
    const { problems } = loadPolicy(source, { base: '/base', files: ['/base/main'] });
    if ('error' in compiled && compiled.error.startsWith('gave up')) continue;
    if ('error' in compiled) {
      rejected++;
      assert.notEqual(problems.length, 0, `seed ${seed}: apparmor_parser rejects\n${text}\n${compiled.error}`);
    } else if (!spoilt) assert.deepEqual(problems, [], `seed ${seed}: apparmor_parser accepts\n${text}`);
  }
  assert.ok(rejected > count / 10 && rejected < (count * 9) / 10, `${rejected} of ${count} were rejected`);
});

/** What damage has once found, on either side of the edge. */
const found = [
  { rejected: '^h{t { /a r, }', accepted: '^h{t,} { /a r, }' },
  { rejected: '^h[ { /a r, }', accepted: '^h[a] { /a r, }' },
  { rejected: 'profile kid{/x { /a r, }', accepted: 'profile kid{ /x { /a r, }' },
  { rejected: 'profile kid /x} { /a r, }', accepted: 'profile kid} /x { /a r, }' },
  { rejected: '^ at { /a r, }', accepted: '^"a t" { /a r, }' },
  { rejected: 'link /a -> }b,', accepted: '/a l -> }b,' },
  { rejected: 'link /a -> @{NOPE},', accepted: 'link /a -> @{V},' },
  { rejected: 'link ,a -> /b,', accepted: 'link "/a" -> /b,' },
  { rejected: 'include if exists <n"pe>', accepted: 'include if exists <n,pe>' },
  { rejected: 'if defined @{V}{ /a r, }', accepted: 'if defined $B{ /a r, }' },
] as const;

test('what damage has once found', requireParser, () => {
  for (const pair of found) {
    for (const [expected, body] of Object.entries(pair)) {
      const text = `@{V}=x y\n$B=true\nprofile t {\n${body}\n}\n`;
      const { problems } = loadPolicy(memorySource({ '/base/main': text }), { base: '/base', files: ['/base/main'] });
      assert.equal('error' in oracle(text) ? 'rejected' : 'accepted', expected, `apparmor_parser: ${body}`);
      assert.equal(problems.length > 0 ? 'rejected' : 'accepted', expected, `the evaluator: ${body}`);
    }
  }
});

/** Drops or replaces a character. */
function damaged(random: Random, piece: string): string {
  // The words of rules about anything but files are kept, not judged.
  if (/\b(?:capability|network|unix|dbus|signal|ptrace|u?mount|pivot_root|change_profile|rlimit) /.test(piece))
    return piece;
  const at = random.below(piece.length);
  return piece.slice(0, at) + random.pick(['', '', ' ', ',', '"', '{', '}', '\\', '#']) + piece.slice(at + 1);
}
