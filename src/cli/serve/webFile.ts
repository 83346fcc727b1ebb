import { dirname, resolve } from 'node:path';
import type { ClientAuthType, RateLimit } from '../../exporter/webConfig.ts';
import { checkedYaml, refuse } from '../../ruleset/load/checkedYaml.ts';
import { cipherList } from './cipherSuites.ts';
import { groupList } from './curves.ts';
import { goDuration } from './goDuration.ts';
import { webFileContradictions } from './webFileContradictions.ts';
import { versions, webFileSchema } from './webFileSchema.ts';
import type { WrittenTls, WrittenWebFile } from './writtenWebFile.ts';

/** A key or certificates: a file by its absolute path, or the text itself with where it was written. */
export type Pem = { path: string } | { place: string; text: string };

type Version = (typeof versions)[keyof typeof versions];

/** Key, certificates and terms of TLS. */
export interface TlsFile {
  cert: Pem;
  key: Pem;
  clientCa?: Pem;
  clientAuth: ClientAuthType;
  allowedSans?: readonly string[];
  minVersion: Version;
  maxVersion: Version;
  /** OpenSSL's list. */
  ciphers: string;
  /** Whether the order of the server's suites and curves wins over the client's. */
  honorCipherOrder: boolean;
  /** OpenSSL's list of groups; without it, its own. */
  ecdhCurve?: string;
}

/** A web configuration file, with names as the program has them. */
export interface WebFile {
  tls?: TlsFile;
  users: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  rateLimit?: RateLimit;
}

const tlsFile = (written: WrittenTls, path: string): TlsFile => {
  const pem = (name: 'cert' | 'key' | 'client_ca'): Pem => {
    const file = written[`${name}_file`];
    return file === undefined
      ? { place: `${path}: tls_server_config.${name}`, text: written[name] as string }
      : { path: resolve(dirname(resolve(path)), file) };
  };
  const { client_allowed_sans: allowedSans, cipher_suites: suites = [], curve_preferences: curves = [] } = written;
  return {
    cert: pem('cert'),
    key: pem('key'),
    ...(written.client_ca === undefined && written.client_ca_file === undefined ? {} : { clientCa: pem('client_ca') }),
    clientAuth: written.client_auth_type ?? 'NoClientCert',
    ...(allowedSans === undefined ? {} : { allowedSans }),
    minVersion: versions[written.min_version ?? 'TLS12'],
    maxVersion: versions[written.max_version ?? 'TLS13'],
    ciphers: cipherList(suites),
    honorCipherOrder: written.prefer_server_cipher_suites ?? true,
    ...(curves.length === 0 ? {} : { ecdhCurve: groupList(curves) }),
  };
};

/**
 * A web configuration file; its paths are relative to it.
 *
 * @throws InputError with one line for every mistake
 */
export const parseWebFile = (path: string, content: string): WebFile => {
  const { data, lineOf, empty } = checkedYaml(path, content, webFileSchema);
  // As a full disk or an editor leaves a file for a moment: it must not open what was closed.
  if (empty) return refuse(path, [{ line: 1, message: 'is empty; {} stands for neither TLS nor passwords' }]);
  const written = data as unknown as WrittenWebFile;
  const mistakes = webFileContradictions(written).map(([at, message]) => ({ line: lineOf(at), message }));
  if (mistakes.length > 0) return refuse(path, mistakes);
  const { tls_server_config: tls, basic_auth_users: users = {}, http_server_config: http = {} } = written;
  const { interval = 0, burst = 0 } = written.rate_limit ?? {};
  const milliseconds = goDuration(String(interval)) ?? 0;
  const headers = Object.entries(http.headers ?? {}).filter(([, value]) => value !== '');
  return {
    ...(tls === undefined ? {} : { tls: tlsFile(tls, path) }),
    users: users as Record<string, string>,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    ...(milliseconds === 0 ? {} : { rateLimit: { interval: milliseconds, burst } }),
  };
};
