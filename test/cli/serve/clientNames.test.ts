/** Which clients `client_allowed_sans` lets in, by certificates that a real CA has signed. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, describe, type TestContext, test } from 'node:test';
import { type ConnectionOptions, connect } from 'node:tls';
import { alternativeNames } from '../../../src/exporter/alternativeNames.ts';
import { openWeb } from '../../../src/exporter/webConfig.ts';
import { sampleSnapshot, startDoorway } from '../../exporter/startDoorway.ts';
import { type Certificate, certificateAuthority } from './certificateAuthority.ts';
import { webTlsOf } from './webTlsOf.ts';

const authority = await certificateAuthority();
after(() => authority[Symbol.asyncDispose]());

const { ca } = authority;
const last = await sampleSnapshot();
const server = await authority.issue('server');

const linesOf = (names: readonly string[], type = 'RequireAndVerifyClientCert'): string[] => [
  `client_ca_file: ${authority.file}`,
  `client_auth_type: ${type}`,
  `client_allowed_sans: ${JSON.stringify(names)}`,
];

const client = ({ cert, key }: Certificate): ConnectionOptions => ({ ca, cert, key });

const one = await authority.issue('prometheus.example', 1, {
  names:
    'DNS:other.example,DNS:Scrape.example,IP:192.0.2.7,IP:2001:db8::a:0:1,email:ops@example.org,URI:spiffe://example/prometheus',
});

/** The alerts and errors that a refused client meets, which come with the handshake or right after it. */
const refused = /alert|ECONNRESET|EPIPE|socket hang up|disconnected/;

const start = (context: TestContext, lines: readonly string[]) =>
  startDoorway(context, { last, web: { tls: webTlsOf(server, lines) } });

describe('a client whose certificate has a listed name is served', () => {
  for (const name of [
    'other.example',
    'Scrape.example',
    '192.0.2.7',
    '2001:db8::a:0:1',
    'ops@example.org',
    'spiffe://example/prometheus',
  ]) {
    test(name, async (context) => {
      const { get } = await start(context, linesOf(['nobody.example', name]));
      assert.equal((await get('/metrics', client(one))).status, 200);
    });
  }
});

describe('a client whose certificate has none of them is refused, and nothing is asked for it', () => {
  for (const name of [
    'prometheus.example', // The common name is no alternative name.
    'scrape.example',
    '*.example',
    'example',
    'other.example.',
    ' other.example',
    '2001:DB8::A:0:1',
    '2001:db8:0:0:0:a:0:1',
    'example.org',
    'spiffe://example/',
    'DNS:other.example',
  ]) {
    test(JSON.stringify(name), async (context) => {
      const { get, patience, logged } = await start(context, linesOf([name]));
      await assert.rejects(get('/metrics', client(one)), refused);
      assert.deepEqual(patience, []);
      assert.deepEqual(logged, [
        {
          level: 'debug',
          message: 'TLS client refused',
          fields: {
            reason:
              'none of the client’s names is in client_allowed_sans: other.example, Scrape.example, 192.0.2.7, ' +
              '2001:db8::a:0:1, ops@example.org, spiffe://example/prometheus',
          },
        },
      ]);
    });
  }
  test('a certificate without names', async (context) => {
    const nameless = await authority.issue('nameless', 1, { names: '' });
    const { get, patience } = await start(context, linesOf(['nameless']));
    await assert.rejects(get('/metrics', client(nameless)), refused);
    assert.deepEqual(patience, []);
  });
  test('no certificate, where one is only verified if given', async (context) => {
    const { get, patience } = await start(context, linesOf(['other.example'], 'VerifyClientCertIfGiven'));
    await assert.rejects(get('/metrics', { ca }), refused);
    assert.deepEqual(patience, []);
    assert.equal((await get('/metrics', client(one))).status, 200);
  });
  test('the right name by another CA', async (context) => {
    const strangers = await certificateAuthority();
    context.after(() => strangers[Symbol.asyncDispose]());
    const stranger = await strangers.issue('stranger', 1, { names: 'DNS:other.example' });
    for (const type of ['VerifyClientCertIfGiven', 'RequireAndVerifyClientCert']) {
      const { get, patience } = await start(context, linesOf(['other.example'], type));
      await assert.rejects(get('/metrics', client(stranger)), refused);
      assert.deepEqual(patience, []);
    }
  });
});

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`a session that is resumed is looked at like a new one: ${maxVersion}`, async (context) => {
    const allowedSans = ['other.example'];
    const tls = { ...webTlsOf(server, linesOf(allowedSans)), allowedSans };
    const { port, patience } = await startDoorway(context, { last, web: { tls } });
    let session: Buffer | undefined;
    /** What comes back for a request that is sent before the server has said anything of the certificate. */
    const ask = (): Promise<{ reused: boolean; received: string }> => {
      const resumed = session === undefined ? {} : { session };
      const socket = connect({ host: '127.0.0.1', port, maxVersion, ...client(one), ...resumed });
      const received: Buffer[] = [];
      let reused = false;
      socket.on('secureConnect', () => {
        reused = socket.isSessionReused();
      });
      socket.on('session', (given: Buffer) => {
        session = given;
      });
      socket.on('data', (chunk: Buffer) => received.push(chunk));
      socket.on('error', () => {});
      socket.write('GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      return new Promise((resolve) => {
        socket.on('close', () =>
          resolve({ reused, received: Buffer.concat(received).toString('latin1').slice(0, 15) }),
        );
      });
    };
    assert.deepEqual(await ask(), { reused: false, received: 'HTTP/1.1 200 OK' });
    assert.deepEqual(await ask(), { reused: true, received: 'HTTP/1.1 200 OK' });
    const asked = patience.length;
    // Only a reload changes them, and begins with no session; were one taken over all the same, it must not let in.
    allowedSans[0] = 'nobody.example';
    assert.equal((await ask()).received, '');
    assert.equal(patience.length, asked);
  });
}

test('a reload changes who is let in', async (context) => {
  const { get, replace } = await start(context, linesOf(['nobody.example']));
  await assert.rejects(get('/metrics', client(one)), refused);
  replace({ ...openWeb, tls: webTlsOf(server, linesOf(['other.example'])) });
  assert.equal((await get('/metrics', client(one))).status, 200);
  replace({ ...openWeb, tls: webTlsOf(server, linesOf(['nobody.example'])) });
  await assert.rejects(get('/metrics', client(one)), refused);
});

/** Names that try to pose as others, as a real certificate has them. */
const odd: readonly { name: string; names: string; sections?: string; found: readonly string[] }[] = [
  {
    name: 'a comma and a second name inside of one',
    names: '@alt',
    sections: '[alt]\nURI.1=http://a/?x, DNS:other.example\nDNS.1=b',
    found: ['http://a/?x, DNS:other.example', 'b'],
  },
  {
    name: 'quotes and backslashes',
    names: '@alt',
    sections: '[alt]\nURI.1=x:\\"a\\", DNS:b, \\"\nemail.1=c\\\\d@e',
    found: ['x:"a", DNS:b, "', 'c\\d@e'],
  },
  {
    name: 'names of other kinds',
    names: '@alt',
    sections:
      '[alt]\nDNS.1=a\nRID.1=1.2.3.4\notherName.1=1.2.3.5;UTF8:DNS:other.example\ndirName.1=dir\n[dir]\nCN=x, DNS:other.example',
    found: ['a'],
  },
  {
    name: 'IPv6, as RFC 5952 has it, and IPv4 within it',
    names: 'IP:::1,IP:2001:0DB8:0:0:1:0:0:1,IP:1:0:3:4:5:6:7:8,IP:::ffff:192.0.2.129',
    found: ['::1', '2001:db8::1:0:0:1', '1:0:3:4:5:6:7:8', '192.0.2.129'],
  },
];

describe('the names of a certificate', () => {
  for (const { name, found, ...wishes } of odd) {
    test(name, async () => {
      const { cert } = await authority.issue(name.replaceAll(/\W/g, '-'), 1, wishes);
      assert.deepEqual(alternativeNames(new X509Certificate(cert).subjectAltName).sort(), [...found].sort());
    });
  }
  test('a comma in quotes, which Node escapes today and need not', () =>
    assert.deepEqual(alternativeNames('URI:"a, DNS:b\\"", DNS:c'), ['a, DNS:b"', 'c']));
  test('none', () => assert.deepEqual(alternativeNames(undefined), []));
});
