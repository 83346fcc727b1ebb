/** Suites of TLS 1.2 that sign with another kind of key than the certificate's: real handshakes say what is claimed of them. */
import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { after, describe, type TestContext, test } from 'node:test';
import { connect, type TLSSocket } from 'node:tls';
import { type CipherSuite, cipherList, cipherSuites, isTls13Suite } from '../../../src/cli/serve/cipherSuites.ts';
import { unfitSuites } from '../../../src/cli/serve/unfitSuites.ts';
import type { TlsFile } from '../../../src/cli/serve/webFile.ts';
import { createWebTls } from '../../../src/cli/serve/webTls.ts';
import type { WebTls } from '../../../src/exporter/webConfig.ts';
import type { Log, LogFields } from '../../../src/model/log.ts';
import { sampleSnapshot, startDoorway } from '../../exporter/startDoorway.ts';
import { type Certificate, certificateAuthority } from './certificateAuthority.ts';

const authority = await certificateAuthority();
after(() => authority[Symbol.asyncDispose]());

const { ca } = authority;
const keys = ['rsa', 'rsa-pss', 'ec', 'ed25519', 'ed448'] as const;
const certificates = new Map(
  await Promise.all(keys.map(async (key) => [key, await authority.issue(key, 1, { key })] as const)),
);

const suites = (Object.keys(cipherSuites) as CipherSuite[]).filter((suite) => !isTls13Suite(suite));

/** As openssl offers them that offers all it has. */
const everything = { host: '127.0.0.1', ca, ciphers: `ALL:${cipherList([])}` };

const isServed = (context: TestContext, port: number, options = {}): Promise<boolean> =>
  new Promise((resolve) => {
    const socket: TLSSocket = connect({ ...everything, port, ...options }, () => resolve(true));
    socket.on('error', () => resolve(false));
    context.after(() => socket.destroy());
  });

const fileOf = (
  { certFile, keyFile }: Certificate,
  listed: readonly CipherSuite[],
  more: Partial<TlsFile>,
): TlsFile => ({
  cert: { path: certFile },
  key: { path: keyFile },
  clientAuth: 'NoClientCert',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
  ciphers: cipherList(listed),
  honorCipherOrder: true,
  ...more,
});

const createLines = () => {
  const lines: [level: string, message: string, fields: LogFields | undefined][] = [];
  const writer = (level: string) => (message: string, fields?: LogFields) => void lines.push([level, message, fields]);
  const log: Log = { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
  return { lines, log };
};

for (const [key, certificate] of certificates) {
  describe(`with a key of ${key}, in TLS 1.2`, () => {
    for (const suite of suites) {
      test(`${suite} serves just where nothing is said against it`, async (context) => {
        const { certFile: _, keyFile: __, ...context12 } = certificate;
        const ciphers = cipherSuites[suite];
        const tls: WebTls = {
          clientAuth: 'NoClientCert',
          context: { ...context12, ciphers, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' },
          renewed: () => undefined,
        };
        const { port } = await startDoorway(context, { web: { tls } });
        const unfit = unfitSuites({ ciphers, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }, key);
        assert.equal(await isServed(context, port), unfit === undefined);
      });
    }
  });
}

const certificateOf = (key: (typeof keys)[number]): Certificate => {
  const certificate = certificates.get(key);
  assert.ok(certificate !== undefined);
  return certificate;
};

const forRsa: CipherSuite = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const forEcdsa: CipherSuite = 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256';

test('what would let nobody in is refused, with what to do', () => {
  const { log } = createLines();
  for (const [key, listed, needed] of [
    ['rsa', forEcdsa, 'ECDHE_RSA'],
    ['ec', forRsa, 'ECDHE_ECDSA'],
  ] as const) {
    const certificate = certificateOf(key);
    assert.throws(() => createWebTls(fileOf(certificate, [listed], {}), log, () => new Date()), {
      name: 'InputError',
      message: `${certificate.certFile}: no client could connect, since its key is for ${needed} suites and cipher_suites has none; list one, or let max_version be TLS13`,
    });
  }
});

test('where TLS 1.3 goes on, it is said who is left out, and it is true', async (context) => {
  const { lines, log } = createLines();
  const certificate = certificateOf('rsa');
  const tls = createWebTls(fileOf(certificate, [forEcdsa], { maxVersion: 'TLSv1.3' }), log, () => new Date());
  assert.deepEqual(lines, [
    [
      'warn',
      'no client without TLS 1.3 can connect: cipher_suites has none for the certificate’s key',
      { cert_file: certificate.certFile, needed: 'ECDHE_RSA' },
    ],
  ]);
  const { port } = await startDoorway(context, { web: { tls } });
  assert.equal(await isServed(context, port), true);
  assert.equal(await isServed(context, port, { maxVersion: 'TLSv1.2' }), false);
});

describe('nothing is said', () => {
  const cases: readonly [name: string, listed: readonly CipherSuite[], more: Partial<TlsFile>][] = [
    ['without a list', [], {}],
    ['of a list with one that fits', [forEcdsa, forRsa], {}],
    ['of a list for TLS 1.3 alone', ['TLS_AES_128_GCM_SHA256'], { maxVersion: 'TLSv1.3' }],
    ['where TLS 1.2 is not offered', [forEcdsa], { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' }],
  ];
  for (const [name, listed, more] of cases) {
    test(name, () => {
      const { lines, log } = createLines();
      createWebTls(fileOf(certificateOf('rsa'), listed, more), log, () => new Date());
      assert.deepEqual(lines, []);
    });
  }
  test('of a kind of key that is not known', () =>
    assert.equal(
      unfitSuites({ ciphers: cipherList([]), minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }, 'dsa'),
      undefined,
    ));
});

test('a certificate renewed with a key of another kind shuts nobody out', async (context) => {
  const { lines, log } = createLines();
  const certificate = await authority.issue('changing', 1, { key: 'rsa' });
  const tls = createWebTls(fileOf(certificate, [forRsa], {}), log, () => new Date());
  const { get } = await startDoorway(context, { last: await sampleSnapshot(), web: { tls } });
  assert.equal((await get('/metrics', { ca })).status, 200);
  const renewed = await authority.issue('changed', 1, { key: 'ec' });
  renameSync(renewed.keyFile, certificate.keyFile);
  renameSync(renewed.certFile, certificate.certFile);
  assert.equal((await get('/metrics', { ca })).status, 200);
  assert.equal(lines.length, 1);
  assert.match(JSON.stringify(lines), /the new certificate can’t be used, the old one stays.*no client could connect/);
});
