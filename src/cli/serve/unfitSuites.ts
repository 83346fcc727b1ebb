import type { TlsFile } from './webFile.ts';

/** By which suites of TLS 1.2 each kind of key can sign (RFC 5289; RFC 8422, section 5.4, for the Edwards curves). */
const kinds: Readonly<Record<string, 'RSA' | 'ECDSA'>> = {
  rsa: 'RSA',
  'rsa-pss': 'RSA',
  ec: 'ECDSA',
  ed25519: 'ECDSA',
  ed448: 'ECDSA',
};

/** A certificate's key for which the file lists suites of TLS 1.2, and none that fits. */
export interface Unfit {
  /** What suites would have to be for. */
  kind: 'RSA' | 'ECDSA';
  /** Whether TLS 1.3, whose suites go with any key, is not offered either. */
  excludesAll: boolean;
}

/**
 * Whether suites and key exclude every client of TLS 1.2, whatever it offers.
 *
 * @param keyType as Node calls it
 */
export const unfitSuites = (
  { ciphers, minVersion, maxVersion }: Pick<TlsFile, 'ciphers' | 'minVersion' | 'maxVersion'>,
  keyType: string | undefined,
): Unfit | undefined => {
  const kind = kinds[keyType ?? ''];
  const listed = ciphers.split(':').filter((suite) => suite.startsWith('ECDHE-'));
  if (kind === undefined || minVersion === 'TLSv1.3' || listed.length === 0) return undefined;
  return listed.some((suite) => suite.startsWith(`ECDHE-${kind}-`))
    ? undefined
    : { kind, excludesAll: maxVersion === 'TLSv1.2' };
};
