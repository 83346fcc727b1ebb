import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseWebFile } from '../../../src/cli/serve/webFile.ts';
import { InputError } from '../../../src/model/inputError.ts';

const parse = (text: string) => parseWebFile('/etc/virt-audit/web.yml', text);

const hash = `$2y$10$${'a'.repeat(53)}`;

/** Those of Go, by the names of OpenSSL. */
const defaultList =
  'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:' +
  'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:' +
  'ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:' +
  'ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES256-SHA';

/** What TLS is where the file says no more than its certificate and key. */
const plainTls = (cert: object, key: object): object => ({
  cert,
  key,
  clientAuth: 'NoClientCert',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: defaultList,
  honorCipherOrder: true,
});

const right: readonly { name: string; text: string; file: object }[] = [
  { name: 'nothing', text: '{}', file: { users: {}, headers: {} } },
  {
    name: 'TLS, with what is left out',
    text: 'tls_server_config:\n  cert_file: server.crt\n  key_file: /keys/server.key\n',
    file: {
      tls: plainTls({ path: '/etc/virt-audit/server.crt' }, { path: '/keys/server.key' }),
      users: {},
      headers: {},
    },
  },
  {
    name: 'all that there is',
    text: `tls_server_config:
  cert_file: server.crt
  key_file: server.key
  client_ca_file: ca.crt
  client_auth_type: RequireAndVerifyClientCert
  client_allowed_sans: [prometheus.example, 192.0.2.1]
  min_version: TLS12
  max_version: TLS13
  cipher_suites: [TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, TLS_AES_128_GCM_SHA256]
  prefer_server_cipher_suites: false
  curve_preferences: [X25519, CurveP521, X25519]
http_server_config:
  http2: false
  headers:
    Strict-Transport-Security: max-age=31536000
    X-Frame-Options: sameorigin
    X-XSS-Protection: ""
rate_limit:
  interval: 1m0.5s
  burst: 20
basic_auth_users:
  alice: ${hash}
`,
    file: {
      tls: {
        cert: { path: '/etc/virt-audit/server.crt' },
        key: { path: '/etc/virt-audit/server.key' },
        clientCa: { path: '/etc/virt-audit/ca.crt' },
        clientAuth: 'RequireAndVerifyClientCert',
        allowedSans: ['prometheus.example', '192.0.2.1'],
        minVersion: 'TLSv1.2',
        maxVersion: 'TLSv1.3',
        ciphers:
          'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:ECDHE-ECDSA-CHACHA20-POLY1305',
        honorCipherOrder: false,
        ecdhCurve: 'X25519:P-521',
      },
      users: { alice: hash },
      headers: { 'strict-transport-security': 'max-age=31536000', 'x-frame-options': 'sameorigin' },
      rateLimit: { interval: 60_500, burst: 20 },
    },
  },
  {
    name: 'key and certificates in the file itself',
    text: `tls_server_config:
  cert: C
  key: K
  client_ca: A
  client_auth_type: VerifyClientCertIfGiven
`,
    file: {
      tls: {
        cert: { place: '/etc/virt-audit/web.yml: tls_server_config.cert', text: 'C' },
        key: { place: '/etc/virt-audit/web.yml: tls_server_config.key', text: 'K' },
        clientCa: { place: '/etc/virt-audit/web.yml: tls_server_config.client_ca', text: 'A' },
        clientAuth: 'VerifyClientCertIfGiven',
        minVersion: 'TLSv1.2',
        maxVersion: 'TLSv1.3',
        ciphers: defaultList,
        honorCipherOrder: true,
      },
      users: {},
      headers: {},
    },
  },
  {
    name: 'empty lists, which leave the suites and curves as they are',
    text: 'tls_server_config: { cert_file: c, key_file: k, cipher_suites: [], curve_preferences: [] }\n',
    file: {
      tls: plainTls({ path: '/etc/virt-audit/c' }, { path: '/etc/virt-audit/k' }),
      users: {},
      headers: {},
    },
  },
  ...['{}', '{ interval: 0 }', '{ interval: 0s, burst: 0 }'].map((rate) => ({
    name: `no limit: ${rate}`,
    text: `rate_limit: ${rate}\n`,
    file: { users: {}, headers: {} },
  })),
];

describe('a web configuration file', () => {
  for (const { name, text, file } of right) test(name, () => assert.deepEqual(parse(text), file));
});

const tls = 'tls_server_config:\n  cert_file: c\n  key_file: k\n';

const bcrypt = 'expected a bcrypt hash of cost 4 to 16 (htpasswd -nBC 10 "")';

const verifying = 'client_auth_type VerifyClientCertIfGiven or RequireAndVerifyClientCert';

const suites = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
];

/** What each is refused with, after the file's name. */
const wrong: readonly { name: string; text: string; lines: readonly string[] }[] = [
  {
    name: 'a key that is nothing here',
    text: 'rate: {}\n',
    lines: [
      '1: unknown key "rate", expected one of tls_server_config, basic_auth_users, http_server_config, rate_limit',
    ],
  },
  {
    name: 'TLS without a key',
    text: 'tls_server_config:\n  cert_file: c\n',
    lines: ['1: tls_server_config: key "key_file" is missing, or "key" with its text'],
  },
  {
    name: 'a certificate in two places',
    text: `${tls}  cert: C\n`,
    lines: ['4: tls_server_config: both cert and cert_file; leave one of them out'],
  },
  {
    name: 'a key that is a list, which is not repeated',
    text: 'tls_server_config:\n  cert_file: c\n  key: [secret]\n',
    lines: ['3: tls_server_config.key: expected the key’s PEM as text, or key_file with its path'],
  },
  {
    name: 'a cipher suite by the name of OpenSSL, one that Go holds to be insecure, one that is none',
    text: `${tls}  cipher_suites:\n  - ECDHE-RSA-AES128-GCM-SHA256\n  - TLS_RSA_WITH_AES_128_CBC_SHA\n  - toString\n`,
    lines: ['ECDHE-RSA-AES128-GCM-SHA256', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'toString'].map(
      (name, index) =>
        `${5 + index}: tls_server_config.cipher_suites.${index}: "${name}" is not known, expected one of ` +
        suites.map((suite) => `"${suite}"`).join(', '),
    ),
  },
  {
    name: 'suites of TLS 1.3 alone where it is not allowed',
    text: `${tls}  max_version: TLS12\n  cipher_suites: [TLS_AES_128_GCM_SHA256]\n`,
    lines: ['5: cipher_suites has none for TLS 1.2, and max_version allows no other'],
  },
  {
    name: 'a curve that exporter-toolkit does not know',
    text: `${tls}  curve_preferences: [secp256k1]\n`,
    lines: [
      '4: tls_server_config.curve_preferences.0: "secp256k1" is not known, expected one of "CurveP256", "CurveP384", "CurveP521", "X25519"',
    ],
  },
  ...['NoClientCert', 'RequestClientCert', 'RequireAnyClientCert'].map((type) => ({
    name: `names of clients that nobody verifies: ${type}`,
    text: `${tls}  client_auth_type: ${type}\n  client_allowed_sans: [a]\n`,
    lines: [`5: client_allowed_sans protects nothing without client_ca_file and ${verifying}`],
  })),
  {
    name: 'names of clients, and no CA',
    text: `${tls}  client_auth_type: VerifyClientCertIfGiven\n  client_allowed_sans: [a]\n`,
    lines: ['4: VerifyClientCertIfGiven needs a client_ca_file to verify by'],
  },
  ...['', '\n', '# nothing\n', 'null\n', '---\n'].map((text) => ({
    name: `nothing: ${JSON.stringify(text)}`,
    text,
    lines: ['1: is empty; {} stands for neither TLS nor passwords'],
  })),
  {
    name: 'no name that is allowed',
    text: `${tls}  client_ca_file: ca\n  client_auth_type: RequireAndVerifyClientCert\n  client_allowed_sans: []\n`,
    lines: ['6: client_allowed_sans is empty and would let nobody in; list a name, or leave it out'],
  },
  ...['5', 'fast', '-1s', '1s later', '""'].map((interval) => ({
    name: `an interval that is none: ${interval}`,
    text: `rate_limit:\n  burst: 1\n  interval: ${interval}\n`,
    lines: [
      `3: rate_limit.interval: ${/^(5|"")$/.test(interval) ? interval : `"${interval}"`} is no duration, expected one such as 500ms, 1s or 1m30s, or 0`,
    ],
  })),
  {
    name: 'a rate that would answer nothing',
    text: 'rate_limit:\n  interval: 1s\n  burst: 0\n',
    lines: ['3: rate_limit.burst: expected at least 1, since less would answer nothing at all'],
  },
  {
    name: 'a burst without its interval',
    text: 'rate_limit:\n  burst: 2\n',
    lines: ['2: rate_limit.burst: limits nothing without an interval; write one, such as 1s'],
  },
  {
    name: 'a rate without its burst',
    text: 'rate_limit:\n  interval: 1s\n',
    lines: ['1: rate_limit.burst: expected at least 1, since less would answer nothing at all'],
  },
  {
    name: 'a retired version of TLS',
    text: `${tls}  min_version: TLS10\n`,
    lines: ['4: tls_server_config.min_version: "TLS10" is not known, expected one of "TLS12", "TLS13"'],
  },
  {
    name: 'versions the wrong way round',
    text: `${tls}  min_version: TLS13\n  max_version: TLS12\n`,
    lines: ['5: max_version is below min_version'],
  },
  {
    name: 'a CA that nobody is held against',
    text: `${tls}  client_ca_file: ca\n  client_auth_type: RequestClientCert\n`,
    lines: [
      '4: client_ca_file says nothing without client_auth_type VerifyClientCertIfGiven or RequireAndVerifyClientCert',
    ],
  },
  {
    name: 'clients to verify, and no CA',
    text: `${tls}  client_auth_type: RequireAndVerifyClientCert\n`,
    lines: ['4: RequireAndVerifyClientCert needs a client_ca_file to verify by'],
  },
  {
    name: 'passwords in the open, which are not repeated',
    text: `basic_auth_users:\n  alice: secret\n  bob: 12345\n  carol: ${hash}\n`,
    lines: [`2: basic_auth_users.alice: ${bcrypt}`, `3: basic_auth_users.bob: ${bcrypt}`],
  },
  {
    name: 'a hash that would take minutes',
    text: `basic_auth_users:\n  alice: ${hash.replace('10', '31')}\n`,
    lines: [`2: basic_auth_users.alice: ${bcrypt}`],
  },
  {
    name: 'a name that can’t be sent',
    text: `basic_auth_users:\n  "a:b": ${hash}\n`,
    lines: ['2: a user name is not empty and has no colon (RFC 7617)'],
  },
  {
    name: 'HTTP/2, which is not spoken',
    text: 'http_server_config:\n  http2: true\n',
    lines: [
      '2: http_server_config.http2: HTTP/2 is not spoken; write false or leave it out, Prometheus then uses HTTP/1.1',
    ],
  },
  {
    name: 'a header that would split the answer',
    text: 'http_server_config:\n  headers:\n    X-XSS-Protection: "a\\r\\nb"\n',
    lines: ['3: http_server_config.headers.X-XSS-Protection: "a\\r\\nb" does not have the form ^[ -~]*$'],
  },
  {
    name: 'headers that browsers would ignore',
    text: 'http_server_config:\n  headers:\n    X-Frame-Options: DENY\n    X-Content-Type-Options: sniff\n',
    lines: [
      '3: http_server_config.headers.X-Frame-Options: "DENY" is not known, expected one of "", "deny", "sameorigin"',
      '4: http_server_config.headers.X-Content-Type-Options: "sniff" is not known, expected one of "", "nosniff"',
    ],
  },
  {
    name: 'a header that is not allowed',
    text: 'http_server_config:\n  headers:\n    Server: x\n',
    lines: [
      '3: http_server_config.headers: unknown key "Server", expected one of Content-Security-Policy, ' +
        'Strict-Transport-Security, X-Content-Type-Options, X-Frame-Options, X-XSS-Protection',
    ],
  },
  {
    name: 'no mapping',
    text: 'basic_auth_users: alice\n',
    lines: ['1: basic_auth_users: expected object, found "alice"'],
  },
  { name: 'a key twice', text: 'basic_auth_users: {}\nbasic_auth_users: {}\n', lines: ['2: Map keys must be unique'] },
];

describe('what is wrong in it is refused with its line', () => {
  for (const { name, text, lines } of wrong) {
    test(name, () =>
      assert.throws(
        () => parse(text),
        (error) => {
          assert.ok(error instanceof InputError);
          assert.deepEqual(
            error.message.split('\n'),
            lines.map((line) => `/etc/virt-audit/web.yml:${line}`),
          );
          return true;
        },
      ),
    );
  }
});
