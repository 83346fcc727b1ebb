import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseWebFile } from '../../../src/cli/serve/webFile.ts';
import { InputError } from '../../../src/model/inputError.ts';

const parse = (text: string) => parseWebFile('/etc/virt-audit/web.yml', text);

const hash = `$2y$10$${'a'.repeat(53)}`;

const right: readonly { name: string; text: string; file: object }[] = [
  { name: 'nothing', text: '', file: { users: {}, headers: {} } },
  {
    name: 'TLS, with what is left out',
    text: 'tls_server_config:\n  cert_file: server.crt\n  key_file: /keys/server.key\n',
    file: {
      tls: {
        certFile: '/etc/virt-audit/server.crt',
        keyFile: '/keys/server.key',
        clientAuth: 'NoClientCert',
        minVersion: 'TLSv1.2',
        maxVersion: 'TLSv1.3',
      },
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
  min_version: TLS13
  max_version: TLS13
http_server_config:
  http2: false
  headers:
    Strict-Transport-Security: max-age=31536000
basic_auth_users:
  alice: ${hash}
`,
    file: {
      tls: {
        certFile: '/etc/virt-audit/server.crt',
        keyFile: '/etc/virt-audit/server.key',
        clientCaFile: '/etc/virt-audit/ca.crt',
        clientAuth: 'RequireAndVerifyClientCert',
        minVersion: 'TLSv1.3',
        maxVersion: 'TLSv1.3',
      },
      users: { alice: hash },
      headers: { 'strict-transport-security': 'max-age=31536000' },
    },
  },
];

describe('a web configuration file', () => {
  for (const { name, text, file } of right) test(name, () => assert.deepEqual(parse(text), file));
});

const tls = 'tls_server_config:\n  cert_file: c\n  key_file: k\n';

const bcrypt = 'expected a bcrypt hash of cost 4 to 16 (htpasswd -nBC 10 "")';

const keys = 'cert_file, key_file, client_ca_file, client_auth_type, min_version, max_version';

/** What each is refused with, after the file's name. */
const wrong: readonly { name: string; text: string; lines: readonly string[] }[] = [
  {
    name: 'a key that is nothing here',
    text: 'rate_limit: {}\n',
    lines: ['1: unknown key "rate_limit", expected one of tls_server_config, basic_auth_users, http_server_config'],
  },
  {
    name: 'keys of exporter-toolkit that virt-audit refuses rather than ignores',
    text: `${tls}  client_allowed_sans: [a]\n  cipher_suites: [x]\n`,
    lines: [
      `4: tls_server_config: unknown key "client_allowed_sans", expected one of ${keys}`,
      `5: tls_server_config: unknown key "cipher_suites", expected one of ${keys}`,
    ],
  },
  {
    name: 'TLS without a key',
    text: 'tls_server_config:\n  cert_file: c\n',
    lines: ['1: tls_server_config: key "key_file" is missing'],
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
    lines: ['2: http_server_config.http2: true is not known, expected one of false'],
  },
  {
    name: 'a header that would split the answer',
    text: 'http_server_config:\n  headers:\n    X-Frame-Options: "a\\r\\nb"\n',
    lines: ['3: http_server_config.headers.X-Frame-Options: "a\\r\\nb" does not have the form ^[ -~]+$'],
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
