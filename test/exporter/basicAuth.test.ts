import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compare, getRounds, hashSync } from 'bcryptjs';
import { createBasicAuth } from '../../src/exporter/basicAuth.ts';

const users = {
  prometheus: hashSync('correct horse', 4),
  // As htpasswd of Apache writes it, and with a name that objects have anyway.
  constructor: hashSync('ü:colon', 4).replace('$2b$', '$2y$'),
  long: hashSync('a'.repeat(72), 4),
};

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const client = '192.0.2.1';

const cases: readonly { name: string; header: string | undefined; verdict: string }[] = [
  { name: 'right', header: basic('prometheus', 'correct horse'), verdict: 'granted' },
  {
    name: 'right, with a scheme in other letters',
    header: basic('prometheus', 'correct horse').replace('Basic', 'bAsIc'),
    verdict: 'granted',
  },
  { name: 'right, with a colon, $2y$ and a strange name', header: basic('constructor', 'ü:colon'), verdict: 'granted' },
  { name: 'right, of 72 bytes', header: basic('long', 'a'.repeat(72)), verdict: 'granted' },
  { name: 'longer than bcrypt reads', header: basic('long', 'a'.repeat(73)), verdict: 'denied' },
  { name: 'wrong', header: basic('prometheus', 'wrong'), verdict: 'denied' },
  { name: 'another’s', header: basic('prometheus', 'ü:colon'), verdict: 'denied' },
  { name: 'an unknown user', header: basic('nobody', 'correct horse'), verdict: 'denied' },
  { name: 'a name that objects have', header: basic('toString', ''), verdict: 'denied' },
  { name: 'none', header: undefined, verdict: 'denied' },
  { name: 'another scheme', header: 'Bearer abc', verdict: 'denied' },
  { name: 'no base64', header: 'Basic ???', verdict: 'denied' },
  { name: 'no colon', header: `Basic ${Buffer.from('prometheus').toString('base64')}`, verdict: 'denied' },
  { name: 'the hash itself', header: basic('prometheus', users.prometheus), verdict: 'denied' },
];

describe('a password', () => {
  const auth = createBasicAuth(users);
  for (const { name, header, verdict } of cases) {
    test(name, async () => {
      assert.equal(await auth(header, client), verdict);
      assert.equal(await auth(header, client), verdict, 'remembered');
    });
  }
  test('an unknown user is let in by no password, whatever bcrypt says', async () => {
    const credulous = createBasicAuth(users, async () => true);
    assert.equal(await credulous(basic('nobody', 'any'), client), 'denied');
    assert.equal(await credulous(basic('prometheus', 'any'), client), 'granted');
  });
  test('without users all are let in', async () =>
    assert.equal(await createBasicAuth({})(undefined, client), 'granted'));
});

/** An authentication that tells which hashes it compares with. */
const watched = () => {
  const hashes: string[] = [];
  const auth = createBasicAuth(users, (password, hash) => {
    hashes.push(hash);
    return compare(password, hash);
  });
  return { auth, hashes };
};

describe('what is remembered', () => {
  test('a pair costs one comparison, also when many ask at once', async () => {
    const { auth, hashes } = watched();
    const header = basic('prometheus', 'correct horse');
    const verdicts = await Promise.all(Array.from({ length: 200 }, () => auth(header, client)));
    assert.deepEqual([...new Set(verdicts)], ['granted']);
    assert.equal(await auth(header, client), 'granted');
    assert.deepEqual(hashes, [users.prometheus]);
  });
  test('an unknown user costs as much as a known one', async () => {
    const { auth, hashes } = watched();
    assert.equal(await auth(basic('nobody', 'x'), client), 'denied');
    assert.equal(await auth(basic('nobody', 'x'), client), 'denied');
    assert.deepEqual(hashes.map(getRounds), [4]);
    assert.deepEqual(
      hashes.map((hash) => hash.length),
      [60],
    );
  });
  test('guesses wait in a short line, and push out no one who is known', async () => {
    const { auth, hashes } = watched();
    const known = basic('prometheus', 'correct horse');
    assert.equal(await auth(known, client), 'granted');
    const guesses = Array.from({ length: 300 }, (_, index) => auth(basic('prometheus', `guess ${index}`), client));
    assert.equal(await auth(known, client), 'granted');
    const verdicts = await Promise.all(guesses);
    assert.equal(verdicts.filter((verdict) => verdict === 'denied').length, 8);
    assert.equal(verdicts.filter((verdict) => verdict === 'busy').length, 292);
    for (let index = 0; index < 150; index += 1) await auth(basic('prometheus', `later ${index}`), client);
    const before = hashes.length;
    assert.equal(await auth(known, client), 'granted');
    assert.equal(hashes.length, before);
  });
  test('guesses from one address keep out no one who asks from another and is not known yet', async () => {
    const { auth, hashes } = watched();
    const guesses = Array.from({ length: 300 }, (_, index) => auth(basic('nobody', `guess ${index}`), client));
    assert.equal(await auth(basic('prometheus', 'correct horse'), '192.0.2.2'), 'granted');
    const verdicts = await Promise.all(guesses);
    assert.equal(verdicts.filter((verdict) => verdict === 'denied').length, 7);
    assert.equal(hashes.indexOf(users.prometheus), 2, 'after the one that was under way and the next');
  });
});
