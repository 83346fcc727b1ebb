/**
 * The cipher suites that Go holds to be secure (https://pkg.go.dev/crypto/tls#CipherSuites, Go 1.25) and uses by
 * default, by OpenSSL's names (https://docs.openssl.org/3.0/man1/openssl-ciphers/); the preferred first.
 */
export const cipherSuites = {
  TLS_AES_128_GCM_SHA256: 'TLS_AES_128_GCM_SHA256',
  TLS_AES_256_GCM_SHA384: 'TLS_AES_256_GCM_SHA384',
  TLS_CHACHA20_POLY1305_SHA256: 'TLS_CHACHA20_POLY1305_SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 'ECDHE-RSA-AES128-GCM-SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: 'ECDHE-ECDSA-AES256-GCM-SHA384',
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 'ECDHE-RSA-AES256-GCM-SHA384',
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-ECDSA-CHACHA20-POLY1305',
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-RSA-CHACHA20-POLY1305',
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: 'ECDHE-ECDSA-AES128-SHA',
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: 'ECDHE-RSA-AES128-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: 'ECDHE-ECDSA-AES256-SHA',
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: 'ECDHE-RSA-AES256-SHA',
} as const;

export type CipherSuite = keyof typeof cipherSuites;

/** A suite of TLS 1.3, which has names of its own. */
export const isTls13Suite = (suite: CipherSuite): boolean => !suite.includes('_WITH_');

/**
 * OpenSSL's cipher list for these suites; for none, Go's default. Those of TLS 1.3 are always in it: Go can't be told to
 * leave any out, and Node offers no TLS 1.3 where none is named.
 */
export const cipherList = (suites: readonly CipherSuite[]): string => {
  const all = Object.keys(cipherSuites) as CipherSuite[];
  const listed = suites.length === 0 ? all : [...all.filter(isTls13Suite), ...suites];
  return [...new Set(listed)].map((suite) => cipherSuites[suite]).join(':');
};
