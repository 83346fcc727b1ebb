import type { ClientAuthType } from '../../exporter/webConfig.ts';
import type { CipherSuite } from './cipherSuites.ts';
import type { Curve } from './curves.ts';
import type { versions } from './webFileSchema.ts';

type Version = keyof typeof versions;

/** A web configuration file as it is written, once its schema holds. */
export interface WrittenWebFile {
  tls_server_config?: {
    cert?: string;
    key?: unknown;
    client_ca?: string;
    cert_file?: string;
    key_file?: string;
    client_ca_file?: string;
    client_auth_type?: ClientAuthType;
    client_allowed_sans?: string[];
    min_version?: Version;
    max_version?: Version;
    cipher_suites?: CipherSuite[];
    prefer_server_cipher_suites?: boolean;
    curve_preferences?: Curve[];
  };
  basic_auth_users?: Record<string, unknown>;
  http_server_config?: { http2?: boolean; headers?: Record<string, string> };
  rate_limit?: { interval?: unknown; burst?: number };
}

export type WrittenTls = NonNullable<WrittenWebFile['tls_server_config']>;
