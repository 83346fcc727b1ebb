import type { SecureContextOptions } from 'node:tls';
import type { BasicAuthUsers } from './basicAuth.ts';

/** How far clients must show who they are; the names are those of Go's crypto/tls. */
export const clientAuthTypes = [
  'NoClientCert',
  'RequestClientCert',
  'RequireAnyClientCert',
  'VerifyClientCertIfGiven',
  'RequireAndVerifyClientCert',
] as const;

export type ClientAuthType = (typeof clientAuthTypes)[number];

/** TLS of the exporter's server. */
export interface WebTls {
  clientAuth: ClientAuthType;
  /** One of these names a client's certificate must have, exactly; without the list, any do. */
  allowedSans?: readonly string[];
  /** Key, certificates, versions, cipher suites and curves to begin with. */
  context: SecureContextOptions;
  /** The same when the files have changed since the last call; called before each handshake, so it is quick. */
  renewed(): SecureContextOptions | undefined;
}

/** How many requests are answered, whoever asks. */
export interface RateLimit {
  /** Between requests in the long run, in milliseconds. */
  interval: number;
  /** At once, after a time of quiet. */
  burst: number;
}

/** What the web configuration file decides. */
export interface WebConfig {
  tls?: WebTls;
  users: BasicAuthUsers;
  /** Added to every answer, in place of the exporter's own of that name. */
  headers: Readonly<Record<string, string>>;
  rateLimit?: RateLimit;
}

/** Without a file: plain HTTP, open to all who reach it. */
export const openWeb: WebConfig = { users: {}, headers: {} };
