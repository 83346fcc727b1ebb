import type { ClientAuthType } from '../../exporter/webConfig.ts';
import { toPointer } from '../../model/pointer.ts';
import { isTls13Suite } from './cipherSuites.ts';
import { goDuration } from './goDuration.ts';
import type { WrittenTls, WrittenWebFile } from './writtenWebFile.ts';

/** A place in the file, and what is wrong there. */
type Mistake = readonly [at: string, message: string];

/** bcrypt's text form, up to a cost that takes seconds. */
const bcryptHash = /^\$2[aby]\$(0[4-9]|1[0-6])\$[./A-Za-z0-9]{53}$/;

const verifying: readonly ClientAuthType[] = ['VerifyClientCertIfGiven', 'RequireAndVerifyClientCert'];

const userMistakes = ([name, hash]: [string, unknown]): Mistake[] => {
  const at = `/basic_auth_users${toPointer([name])}`;
  const found: Mistake[] = [];
  if (name === '' || name.includes(':')) found.push([at, 'a user name is not empty and has no colon (RFC 7617)']);
  if (typeof hash !== 'string' || !bcryptHash.test(hash))
    found.push([at, `basic_auth_users.${name}: expected a bcrypt hash of cost 4 to 16 (htpasswd -nBC 10 "")`]);
  return found;
};

const pemMistakes = (tls: WrittenTls): Mistake[] => {
  const at = '/tls_server_config';
  const found: Mistake[] = [];
  for (const name of ['cert', 'key'] as const) {
    if (tls[name] === undefined && tls[`${name}_file`] === undefined)
      found.push([at, `tls_server_config: key "${name}_file" is missing, or "${name}" with its text`]);
  }
  for (const name of ['cert', 'key', 'client_ca'] as const) {
    if (tls[name] !== undefined && tls[`${name}_file`] !== undefined)
      found.push([`${at}/${name}`, `tls_server_config: both ${name} and ${name}_file; leave one of them out`]);
  }
  if (tls.key !== undefined && (typeof tls.key !== 'string' || tls.key === ''))
    found.push([`${at}/key`, 'tls_server_config.key: expected the key’s PEM as text, or key_file with its path']);
  return found;
};

const clientMistakes = (tls: WrittenTls): Mistake[] => {
  const at = '/tls_server_config';
  const { client_auth_type: type = 'NoClientCert', client_allowed_sans: names } = tls;
  const ca = (['client_ca_file', 'client_ca'] as const).find((name) => tls[name] !== undefined);
  const found: Mistake[] = [];
  if (ca !== undefined && !verifying.includes(type))
    found.push([`${at}/${ca}`, `${ca} says nothing without client_auth_type ${verifying.join(' or ')}`]);
  if (ca === undefined && verifying.includes(type))
    found.push([`${at}/client_auth_type`, `${type} needs a client_ca_file to verify by`]);
  // A name in a certificate that nobody has verified is whatever its owner wrote there.
  if (names !== undefined && !verifying.includes(type))
    found.push([
      `${at}/client_allowed_sans`,
      `client_allowed_sans protects nothing without client_ca_file and client_auth_type ${verifying.join(' or ')}`,
    ]);
  if (names?.length === 0)
    found.push([
      `${at}/client_allowed_sans`,
      'client_allowed_sans is empty and would let nobody in; list a name, or leave it out',
    ]);
  return found;
};

const versionMistakes = ({ min_version, max_version, cipher_suites: suites = [] }: WrittenTls): Mistake[] => {
  const at = '/tls_server_config';
  if (max_version !== 'TLS12') return [];
  const found: Mistake[] = [];
  if (min_version === 'TLS13') found.push([`${at}/max_version`, 'max_version is below min_version']);
  if (suites.length > 0 && suites.every(isTls13Suite))
    found.push([`${at}/cipher_suites`, 'cipher_suites has none for TLS 1.2, and max_version allows no other']);
  return found;
};

const rateMistakes = (rate: NonNullable<WrittenWebFile['rate_limit']>): Mistake[] => {
  const { interval = 0, burst } = rate;
  if (rate.interval === undefined && burst !== undefined)
    return [['/rate_limit/burst', 'rate_limit.burst: limits nothing without an interval; write one, such as 1s']];
  const milliseconds = goDuration(String(interval));
  if (milliseconds === undefined)
    return [
      [
        '/rate_limit/interval',
        `rate_limit.interval: ${JSON.stringify(interval)} is no duration, expected one such as 500ms, 1s or 1m30s, or 0`,
      ],
    ];
  if (milliseconds > 0 && (burst ?? 0) < 1)
    return [['/rate_limit/burst', 'rate_limit.burst: expected at least 1, since less would answer nothing at all']];
  return [];
};

/** What no schema says, each with the place that it is about. */
export const webFileContradictions = (written: WrittenWebFile): readonly Mistake[] => {
  const { tls_server_config: tls, basic_auth_users: users = {}, http_server_config: http, rate_limit: rate } = written;
  return [
    ...(tls === undefined ? [] : [pemMistakes, clientMistakes, versionMistakes].flatMap((find) => find(tls))),
    ...Object.entries(users).flatMap(userMistakes),
    ...(http?.http2 === true
      ? ([
          [
            '/http_server_config/http2',
            'http_server_config.http2: HTTP/2 is not spoken; write false or leave it out, Prometheus then uses HTTP/1.1',
          ],
        ] as const)
      : []),
    ...(rate === undefined ? [] : rateMistakes(rate)),
  ];
};
