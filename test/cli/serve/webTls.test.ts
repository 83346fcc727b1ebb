/** TLS as users of the exporter meet it: certificates that are wrong, missing, expired, renewed. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { connect } from 'node:tls';
import { cipherList } from '../../../src/cli/serve/cipherSuites.ts';
import { parseWebFile, type TlsFile } from '../../../src/cli/serve/webFile.ts';
import { createWebTls } from '../../../src/cli/serve/webTls.ts';
import { type ClientAuthType, clientAuthTypes, openWeb } from '../../../src/exporter/webConfig.ts';
import { InputError } from '../../../src/model/inputError.ts';
import type { Log } from '../../../src/model/log.ts';
import { sampleSnapshot, startDoorway } from '../../exporter/startDoorway.ts';
import { type Certificate, certificateAuthority } from './certificateAuthority.ts';

const authority = await certificateAuthority();
const strangers = await certificateAuthority();
after(() => Promise.all([authority, strangers].map((ca) => ca[Symbol.asyncDispose]())));

const { ca } = authority;
const last = await sampleSnapshot();
const server = await authority.issue('server');
const clients: Readonly<Record<string, Certificate | undefined>> = {
  none: undefined,
  known: await authority.issue('known'),
  expired: await authority.issue('expired', -1),
  stranger: await strangers.issue('stranger'),
};

const fileOf = (certificate: Certificate, more: Partial<TlsFile> = {}): TlsFile => ({
  cert: { path: certificate.certFile },
  key: { path: certificate.keyFile },
  clientAuth: 'NoClientCert',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: cipherList([]),
  honorCipherOrder: true,
  ...more,
});

const createLines = () => {
  const lines: string[] = [];
  const writer = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  const log: Log = { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
  return { lines, log };
};

const withoutCertificate = 'holds no certificate in PEM form, so that no client could be verified';

const tlsOf = (file: TlsFile, { log } = createLines()) => createWebTls(file, log, () => new Date());

/** Which clients each type of authentication lets in. */
const welcome: Readonly<Record<ClientAuthType, readonly string[]>> = {
  NoClientCert: ['none', 'known', 'expired', 'stranger'],
  RequestClientCert: ['none', 'known', 'expired', 'stranger'],
  RequireAnyClientCert: ['known', 'expired', 'stranger'],
  VerifyClientCertIfGiven: ['none', 'known'],
  RequireAndVerifyClientCert: ['known'],
};

for (const clientAuth of clientAuthTypes) {
  describe(clientAuth, () => {
    for (const [name, client] of Object.entries(clients)) {
      const isWelcome = welcome[clientAuth].includes(name);
      test(`${name}: ${isWelcome ? 'served' : 'refused'}`, async (context) => {
        const verifies = /Verify/.test(clientAuth);
        const file = fileOf(server, { clientAuth, ...(verifies ? { clientCa: { path: authority.file } } : {}) });
        const { get } = await startDoorway(context, { last, web: { tls: tlsOf(file) } });
        const options = { ca, ...(client === undefined ? {} : { cert: client.cert, key: client.key }) };
        const asked = get('/metrics', options);
        if (isWelcome) assert.equal((await asked).status, 200);
        else await assert.rejects(asked, /alert|ECONNRESET|socket hang up|disconnected/);
        // The next is served all the same.
        const { known } = clients;
        assert.equal((await get('/-/healthy', { ca, cert: known?.cert, key: known?.key })).status, 200);
      });
    }
  });
}

describe('the versions of TLS', () => {
  const versions: readonly [TlsFile['minVersion'], 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3', boolean][] = [
    ['TLSv1.2', 'TLSv1.1', false],
    ['TLSv1.2', 'TLSv1.2', true],
    ['TLSv1.3', 'TLSv1.2', false],
    ['TLSv1.3', 'TLSv1.3', true],
  ];
  for (const [minVersion, version, served] of versions) {
    test(`at least ${minVersion}, asked with ${version}`, async (context) => {
      const { port } = await startDoorway(context, { last, web: { tls: tlsOf(fileOf(server, { minVersion })) } });
      // Below its security level 0 OpenSSL itself offers no TLS 1.1.
      const options = {
        host: '127.0.0.1',
        port,
        ca,
        minVersion: version,
        maxVersion: version,
        ciphers: 'DEFAULT@SECLEVEL=0',
      };
      const outcome = await new Promise((resolve) => {
        const socket = connect(options, () => resolve(socket.getProtocol()));
        socket.on('error', () => resolve('refused'));
        context.after(() => socket.destroy());
      });
      assert.equal(outcome, served ? version : 'refused');
    });
  }
});

test('plain HTTP on a TLS port gets no page, TLS on a plain port neither, and both go on', async (context) => {
  const { get, replace } = await startDoorway(context, { last, web: { tls: tlsOf(fileOf(server)) } });
  await assert.rejects(get('/metrics'));
  assert.equal((await get('/metrics', { ca })).status, 200);
  replace(openWeb);
  await assert.rejects(get('/metrics', { ca }));
  assert.equal((await get('/metrics')).status, 200);
});

test('key and certificates may be written in the file itself', async (context) => {
  const { known, stranger } = clients;
  const pems = { cert: server.cert, key: server.key, client_ca: ca };
  const blocks = Object.entries(pems).map(
    ([name, pem]) => `  ${name}: |\n${pem.toString().replaceAll(/^(?=.)/gm, '    ')}`,
  );
  const text = `tls_server_config:\n${blocks.join('')}  client_auth_type: RequireAndVerifyClientCert\n`;
  const { tls } = parseWebFile('/web.yml', text);
  assert.ok(tls !== undefined);
  const { get } = await startDoorway(context, { last, web: { tls: tlsOf(tls) } });
  assert.equal((await get('/metrics', { ca, cert: known?.cert, key: known?.key })).status, 200);
  await assert.rejects(get('/metrics', { ca, cert: stranger?.cert, key: stranger?.key }));
});

describe('authorities without a certificate', () => {
  const clientAuth = 'RequireAndVerifyClientCert';
  const contents = { nothing: '\n', 'a key': server.key, DER: new X509Certificate(ca).raw };
  for (const [name, content] of Object.entries(contents)) {
    test(`${name} is refused`, () => {
      const path = `${server.certFile}.none`;
      writeFileSync(path, content);
      const file = fileOf(server, { clientAuth, clientCa: { path } });
      assert.throws(() => tlsOf(file), new InputError(`${path}: ${withoutCertificate}`));
    });
  }
  test('that a full disk leaves shut nobody out', async (context) => {
    const { known } = clients;
    const path = `${server.certFile}.clients`;
    writeFileSync(path, ca);
    const { lines, log } = createLines();
    const tls = tlsOf(fileOf(server, { clientAuth, clientCa: { path } }), { lines, log });
    const { get } = await startDoorway(context, { last, web: { tls } });
    writeFileSync(path, '');
    assert.equal((await get('/metrics', { ca, cert: known?.cert, key: known?.key })).status, 200);
    assert.deepEqual(lines, ['error the new certificate can’t be used, the old one stays']);
  });
});

describe('certificates change under way', () => {
  test('an expired one is told, refused by clients, and renewed without a restart', async (context) => {
    const certificate = await authority.issue('soon-renewed', -1);
    const { lines, log } = createLines();
    const { get } = await startDoorway(context, { last, web: { tls: tlsOf(fileOf(certificate), { lines, log }) } });
    assert.deepEqual(lines, ['warn the certificate has expired']);
    await assert.rejects(get('/metrics', { ca }), /certificate has expired/);
    const renewed = await authority.issue('renewed');
    renameSync(renewed.keyFile, certificate.keyFile);
    renameSync(renewed.certFile, certificate.certFile);
    assert.equal((await get('/metrics', { ca })).status, 200);
    assert.deepEqual(lines.slice(1), ['info certificate renewed']);
  });
  test('a broken one leaves the old one in place, and is told once', async (context) => {
    const certificate = await authority.issue('broken');
    const { lines, log } = createLines();
    const { get } = await startDoorway(context, { last, web: { tls: tlsOf(fileOf(certificate), { lines, log }) } });
    writeFileSync(certificate.certFile, 'nothing');
    assert.equal((await get('/metrics', { ca })).status, 200);
    assert.equal((await get('/metrics', { ca })).status, 200);
    assert.deepEqual(lines, ['error the new certificate can’t be used, the old one stays']);
  });
});

describe('to begin with, they must be right', () => {
  const cases: readonly { name: string; file: TlsFile; says: RegExp }[] = [
    {
      name: 'no certificate',
      file: fileOf(server, { cert: { path: '/nowhere.pem' } }),
      says: /^\/nowhere\.pem: no such file or folder; named/,
    },
    {
      name: 'no key',
      file: fileOf(server, { key: { path: '/nowhere.key' } }),
      says: /^\/nowhere\.key: no such file or folder; named/,
    },
    {
      name: 'no CA',
      file: fileOf(server, { clientCa: { path: '/nowhere.ca' }, clientAuth: 'RequireAndVerifyClientCert' }),
      says: /^\/nowhere\.ca: no such file or folder; named/,
    },
    {
      name: 'the key of another',
      file: fileOf(server, { key: { path: clients.known?.keyFile ?? '' } }),
      says: /server\.pem, \S+known\.key: .*key values mismatch/,
    },
    {
      name: 'a key that is a certificate',
      file: fileOf(server, { key: { path: server.certFile } }),
      says: /server\.pem: /,
    },
    {
      name: 'a key in the file itself that is none, and is not repeated',
      file: fileOf(server, { key: { place: 'web.yml: tls_server_config.key', text: 'secret' } }),
      says: /server\.pem, web\.yml: tls_server_config\.key: (?!.*secret)/,
    },
  ];
  for (const { name, file, says } of cases) {
    test(name, () =>
      assert.throws(
        () => tlsOf(file),
        (error) => error instanceof InputError && says.test(error.message),
      ),
    );
  }
});
