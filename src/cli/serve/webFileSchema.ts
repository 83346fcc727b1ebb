import { clientAuthTypes } from '../../exporter/webConfig.ts';
import { cipherSuites } from './cipherSuites.ts';
import { curves } from './curves.ts';

/** Versions that are still considered safe (RFC 8996 retired the ones before), by the names of Go's crypto/tls. */
export const versions = { TLS12: 'TLSv1.2', TLS13: 'TLSv1.3' } as const;

const text = { type: 'string', minLength: 1 };
const version = { enum: Object.keys(versions) };
// Blank leaves it out.
const header = { type: 'string', pattern: '^[ -~]*$' };

/**
 * What of exporter-toolkit's format is implemented
 * (https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md); the rest is refused, since a
 * protection that is silently left out protects nobody.
 */
export const webFileSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    tls_server_config: {
      type: 'object',
      additionalProperties: false,
      properties: {
        cert: text,
        // Checked elsewhere: the schema's words would repeat the key.
        key: {},
        client_ca: text,
        cert_file: text,
        key_file: text,
        client_ca_file: text,
        client_auth_type: { enum: [...clientAuthTypes] },
        client_allowed_sans: { type: 'array', items: text },
        min_version: version,
        max_version: version,
        cipher_suites: { type: 'array', items: { enum: Object.keys(cipherSuites) } },
        prefer_server_cipher_suites: { type: 'boolean' },
        curve_preferences: { type: 'array', items: { enum: Object.keys(curves) } },
      },
    },
    // Checked elsewhere: the schema's words would repeat what may be a password.
    basic_auth_users: { type: 'object' },
    http_server_config: {
      type: 'object',
      additionalProperties: false,
      properties: {
        http2: { type: 'boolean' },
        headers: {
          type: 'object',
          additionalProperties: false,
          properties: {
            'Content-Security-Policy': header,
            'Strict-Transport-Security': header,
            'X-Content-Type-Options': { enum: ['', 'nosniff'] },
            'X-Frame-Options': { enum: ['', 'deny', 'sameorigin'] },
            'X-XSS-Protection': header,
          },
        },
      },
    },
    rate_limit: {
      type: 'object',
      additionalProperties: false,
      // A duration, which is checked elsewhere: `0` may be a number, too.
      properties: { interval: {}, burst: { type: 'integer' } },
    },
  },
};
