/** Which cipher suites and curves a real handshake ends with, by what the web configuration file says. */
import assert from 'node:assert/strict';
import { after, describe, type TestContext, test } from 'node:test';
import { type ConnectionOptions, connect, type EphemeralKeyInfo } from 'node:tls';
import { type CipherSuite, cipherSuites, isTls13Suite } from '../../../src/cli/serve/cipherSuites.ts';
import { startDoorway } from '../../exporter/startDoorway.ts';
import { certificateAuthority } from './certificateAuthority.ts';
import { webTlsOf } from './webTlsOf.ts';

const authority = await certificateAuthority();
after(() => authority[Symbol.asyncDispose]());

const { ca } = authority;
const servers = { ec: await authority.issue('ec'), rsa: await authority.issue('rsa', 1, { key: 'rsa' }) };

interface Agreed {
  protocol: string | null;
  /** By the name that IANA and Go have for it. */
  suite: string;
  curve: string | undefined;
}

/** What a client and a server with these lines agree on. */
const agreed = async (
  context: TestContext,
  key: keyof typeof servers,
  lines: readonly string[],
  client: ConnectionOptions,
): Promise<Agreed | 'refused'> => {
  const { port } = await startDoorway(context, { web: { tls: webTlsOf(servers[key], lines) } });
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca, ...client }, () =>
      resolve({
        protocol: socket.getProtocol(),
        suite: socket.getCipher().standardName,
        curve: (socket.getEphemeralKeyInfo() as EphemeralKeyInfo).name,
      }),
    );
    socket.on('error', () => resolve('refused'));
    context.after(() => socket.destroy());
  });
};

const suiteOf = (outcome: Agreed | 'refused'): string => (outcome === 'refused' ? outcome : outcome.suite);

const tls12 = { maxVersion: 'TLSv1.2' } as const;

const suites = Object.keys(cipherSuites) as CipherSuite[];

describe('cipher_suites', () => {
  for (const suite of suites.filter((name) => !isTls13Suite(name))) {
    const key = suite.includes('_RSA_') ? 'rsa' : 'ec';
    test(`${suite} and nothing else, in TLS 1.2`, async (context) => {
      const lines = [`cipher_suites: [${suite}]`];
      const client = { ...tls12, ciphers: 'ALL' };
      assert.equal(suiteOf(await agreed(context, key, lines, client)), suite);
      const others = { ...tls12, ciphers: `ALL:!${cipherSuites[suite]}` };
      assert.equal(await agreed(context, key, lines, others), 'refused');
    });
  }
  for (const suite of suites.filter(isTls13Suite)) {
    test(`${suite} is offered in TLS 1.3, whatever is listed`, async (context) => {
      for (const listed of suites.filter((name) => name !== suite).slice(0, 4)) {
        const outcome = await agreed(context, 'ec', [`cipher_suites: [${listed}]`], { ciphers: suite });
        assert.equal(suiteOf(outcome), suite);
      }
    });
  }
  test('without a list, those of Go and no others', async (context) => {
    const listed = suites.filter((name) => !isTls13Suite(name)).map((name) => cipherSuites[name]);
    const { suite } = (await agreed(context, 'rsa', [], {
      ...tls12,
      ciphers: listed.toReversed().join(':'),
    })) as Agreed;
    assert.equal(suite, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256');
    const others = `ALL:!${listed.join(':!')}`;
    assert.equal(await agreed(context, 'rsa', [], { ...tls12, ciphers: others }), 'refused');
  });
  test('none of TLS 1.2 leaves TLS 1.3', async (context) => {
    const lines = ['cipher_suites: [TLS_AES_128_GCM_SHA256]'];
    assert.equal(await agreed(context, 'ec', lines, tls12), 'refused');
    assert.notEqual(await agreed(context, 'ec', lines, {}), 'refused');
  });
});

describe('prefer_server_cipher_suites', () => {
  const [aes128, aes256] = ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'];
  const client = { ...tls12, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384' };
  const cases: readonly [lines: readonly string[], suite: string | undefined][] = [
    [[], aes256],
    [['prefer_server_cipher_suites: true'], aes256],
    [['prefer_server_cipher_suites: false'], aes128],
  ];
  for (const [lines, suite] of cases) {
    test(lines[0] ?? 'left out', async (context) => {
      const listed = [`cipher_suites: [${aes256}, ${aes128}]`, ...lines];
      assert.equal(suiteOf(await agreed(context, 'ec', listed, client)), suite);
    });
  }
});

describe('curve_preferences', () => {
  const curveOf = (outcome: Agreed | 'refused') => (outcome === 'refused' ? outcome : outcome.curve);
  const names = { CurveP256: 'prime256v1', CurveP384: 'secp384r1', CurveP521: 'secp521r1', X25519: 'X25519' };
  for (const [curve, name] of Object.entries(names)) {
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      test(`${curve} and nothing else, in ${maxVersion}`, async (context) => {
        const lines = [`curve_preferences: [${curve}]`];
        const others = Object.values(names).filter((other) => other !== name);
        const outcome = await agreed(context, 'rsa', lines, {
          maxVersion,
          ecdhCurve: [...others, name].join(':'),
        });
        assert.equal(curveOf(outcome), name);
        assert.equal(await agreed(context, 'rsa', lines, { maxVersion, ecdhCurve: others.join(':') }), 'refused');
      });
    }
  }
  test('the first of the list is preferred', async (context) => {
    const client = { ...tls12, ecdhCurve: 'X25519:secp384r1' };
    for (const [list, name] of [
      ['CurveP384, X25519', 'secp384r1'],
      ['X25519, CurveP384', 'X25519'],
    ]) {
      assert.equal(curveOf(await agreed(context, 'rsa', [`curve_preferences: [${list}]`], client)), name);
    }
  });
});
