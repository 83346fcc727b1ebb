import { dirname, resolve } from 'node:path';
import { type ClientAuthType, clientAuthTypes } from '../../exporter/webConfig.ts';
import { toPointer } from '../../model/pointer.ts';
import { checkedYaml, refuse } from '../../ruleset/checkedYaml.ts';

/** Versions that are still considered safe (RFC 8996 retired the ones before), by the names of Go's crypto/tls. */
const versions = { TLS12: 'TLSv1.2', TLS13: 'TLSv1.3' } as const;

type Version = keyof typeof versions;

/** The files and terms of TLS; paths are absolute. */
export interface TlsFile {
  certFile: string;
  keyFile: string;
  clientCaFile?: string;
  clientAuth: ClientAuthType;
  minVersion: (typeof versions)[Version];
  maxVersion: (typeof versions)[Version];
}

/** A web configuration file, with names as the program has them. */
export interface WebFile {
  tls?: TlsFile;
  users: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
}

/** The file as it is written. */
interface Written {
  tls_server_config?: {
    cert_file: string;
    key_file: string;
    client_ca_file?: string;
    client_auth_type?: ClientAuthType;
    min_version?: Version;
    max_version?: Version;
  };
  basic_auth_users?: Record<string, unknown>;
  http_server_config?: { headers?: Record<string, string> };
}

const text = { type: 'string', minLength: 1 };
const version = { enum: Object.keys(versions) };
const header = { type: 'string', pattern: '^[ -~]+$' };

/**
 * What of exporter-toolkit's format is implemented
 * (https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md); the rest is refused, since a
 * protection that is silently left out protects nobody.
 */
const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    tls_server_config: {
      type: 'object',
      additionalProperties: false,
      required: ['cert_file', 'key_file'],
      properties: {
        cert_file: text,
        key_file: text,
        client_ca_file: text,
        client_auth_type: { enum: [...clientAuthTypes] },
        min_version: version,
        max_version: version,
      },
    },
    // The hashes are checked below: the schema's words would repeat what may be a password.
    basic_auth_users: { type: 'object' },
    http_server_config: {
      type: 'object',
      additionalProperties: false,
      properties: {
        http2: { enum: [false] },
        headers: {
          type: 'object',
          additionalProperties: false,
          properties: {
            'Content-Security-Policy': header,
            'Strict-Transport-Security': header,
            'X-Content-Type-Options': header,
            'X-Frame-Options': header,
            'X-XSS-Protection': header,
          },
        },
      },
    },
  },
};

/** bcrypt's text form, up to a cost that takes seconds. */
const bcryptHash = /^\$2[aby]\$(0[4-9]|1[0-6])\$[./A-Za-z0-9]{53}$/;

const verifying: readonly ClientAuthType[] = ['VerifyClientCertIfGiven', 'RequireAndVerifyClientCert'];

const tlsFile = (written: NonNullable<Written['tls_server_config']>, folder: string): TlsFile => ({
  certFile: resolve(folder, written.cert_file),
  keyFile: resolve(folder, written.key_file),
  ...(written.client_ca_file === undefined ? {} : { clientCaFile: resolve(folder, written.client_ca_file) }),
  clientAuth: written.client_auth_type ?? 'NoClientCert',
  minVersion: versions[written.min_version ?? 'TLS12'],
  maxVersion: versions[written.max_version ?? 'TLS13'],
});

/** What no schema says, each with the place that it is about. */
const contradictions = ({ tls_server_config: tls, basic_auth_users: users = {} }: Written): [string, string][] => {
  const found: [string, string][] = [];
  for (const [name, hash] of Object.entries(users)) {
    const at = `/basic_auth_users${toPointer([name])}`;
    if (name === '' || name.includes(':')) found.push([at, 'a user name is not empty and has no colon (RFC 7617)']);
    if (typeof hash !== 'string' || !bcryptHash.test(hash))
      found.push([at, `basic_auth_users.${name}: expected a bcrypt hash of cost 4 to 16 (htpasswd -nBC 10 "")`]);
  }
  if (tls === undefined) return found;
  const { client_ca_file: ca, client_auth_type: type = 'NoClientCert', min_version, max_version } = tls;
  const at = '/tls_server_config';
  if (ca !== undefined && !verifying.includes(type))
    found.push([
      `${at}/client_ca_file`,
      `client_ca_file says nothing without client_auth_type ${verifying.join(' or ')}`,
    ]);
  if (ca === undefined && verifying.includes(type))
    found.push([`${at}/client_auth_type`, `${type} needs a client_ca_file to verify by`]);
  if (min_version === 'TLS13' && max_version === 'TLS12')
    found.push([`${at}/max_version`, 'max_version is below min_version']);
  return found;
};

/**
 * A web configuration file; its paths are relative to it.
 *
 * @throws InputError with one line for every mistake
 */
export const parseWebFile = (path: string, content: string): WebFile => {
  const { data, lineOf } = checkedYaml(path, content, schema);
  const written = data as unknown as Written;
  const mistakes = contradictions(written).map(([at, message]) => ({ line: lineOf(at), message }));
  if (mistakes.length > 0) return refuse(path, mistakes);
  const { tls_server_config: tls, basic_auth_users: users = {}, http_server_config: http = {} } = written;
  return {
    ...(tls === undefined ? {} : { tls: tlsFile(tls, dirname(resolve(path))) }),
    users: users as Record<string, string>,
    headers: Object.fromEntries(Object.entries(http.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
  };
};
