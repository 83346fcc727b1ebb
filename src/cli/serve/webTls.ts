import { X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { WebTls } from '../../exporter/webConfig.ts';
import { InputError } from '../../model/inputError.ts';
import type { Log } from '../../model/log.ts';
import { readInput } from '../readInput.ts';
import { type Unfit, unfitSuites } from './unfitSuites.ts';
import type { Pem, TlsFile } from './webFile.ts';

const read = (pem: Pem): Buffer | string =>
  'text' in pem ? pem.text : readInput(pem.path, 'named in tls_server_config');

const placeOf = (pem: Pem): string => ('text' in pem ? pem.place : pem.path);

const pemsOf = ({ cert, key, clientCa }: TlsFile): Pem[] => [cert, key, ...(clientCa === undefined ? [] : [clientCa])];

/** Of authorities without one certificate OpenSSL says nothing, and would let no client in. @throws InputError */
const authorities = (pem: Pem): Buffer | string => {
  const ca = read(pem);
  try {
    new X509Certificate(ca);
    // DER is parsed here, and would be passed over there.
    if (!ca.includes('-----BEGIN ')) throw new Error('not PEM');
    return ca;
  } catch {
    throw new InputError(`${placeOf(pem)}: holds no certificate in PEM form, so that no client could be verified`);
  }
};

const unfitOf = (file: TlsFile, context: SecureContextOptions): Unfit | undefined =>
  unfitSuites(file, new X509Certificate(context.cert as Buffer | string).publicKey.asymmetricKeyType);

/** OpenSSL takes them together all the same. @throws InputError where no client could ever connect */
const checkSuites = (file: TlsFile, context: SecureContextOptions): void => {
  const unfit = unfitOf(file, context);
  if (unfit?.excludesAll)
    throw new InputError(
      `${placeOf(file.cert)}: no client could connect, since its key is for ECDHE_${unfit.kind} suites and cipher_suites has none; list one, or let max_version be TLS13`,
    );
};

/** Reads the files, and tries them together. @throws InputError */
const load = (file: TlsFile): SecureContextOptions => {
  const { cert, key, clientCa, minVersion, maxVersion, ciphers, honorCipherOrder, ecdhCurve } = file;
  const context: SecureContextOptions = {
    cert: read(cert),
    key: read(key),
    ...(clientCa === undefined ? {} : { ca: authorities(clientCa) }),
    minVersion,
    maxVersion,
    ciphers,
    honorCipherOrder,
    ...(ecdhCurve === undefined ? {} : { ecdhCurve }),
  };
  try {
    createSecureContext(context);
  } catch (error) {
    // OpenSSL names the trouble and never the file.
    throw new InputError(`${pemsOf(file).map(placeOf).join(', ')}: ${(error as Error).message}`);
  }
  checkSuites(file, context);
  return context;
};

/** Changes when a file is written or replaced. */
const stampOf = (file: TlsFile): string =>
  pemsOf(file)
    .flatMap((pem) => ('path' in pem ? [pem.path] : []))
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat === undefined ? 'none' : `${stat.ino}:${stat.size}:${stat.mtimeMs}`;
    })
    .join(' ');

/** Of what keeps some clients out, or may. */
const warn = (context: SecureContextOptions, file: TlsFile, log: Log, now: Date): void => {
  const cert_file = placeOf(file.cert);
  const { validTo } = new X509Certificate(context.cert as Buffer | string);
  if (Date.parse(validTo) < now.getTime()) log.warn('the certificate has expired', { cert_file, valid_to: validTo });
  const unfit = unfitOf(file, context);
  if (unfit !== undefined)
    log.warn('no client without TLS 1.3 can connect: cipher_suites has none for the certificate’s key', {
      cert_file,
      needed: `ECDHE_${unfit.kind}`,
    });
};

/**
 * TLS from files that may be renewed at any time; what can't be used then leaves the ones before in place.
 *
 * @throws InputError
 */
export const createWebTls = (file: TlsFile, log: Log, now: () => Date): WebTls => {
  let stamp = stampOf(file);
  const context = load(file);
  warn(context, file, log, now());
  return {
    clientAuth: file.clientAuth,
    ...(file.allowedSans === undefined ? {} : { allowedSans: file.allowedSans }),
    context,
    renewed: () => {
      try {
        const newer = stampOf(file);
        if (newer === stamp) return undefined;
        // Noted first: the same broken file is not read again for each connection.
        stamp = newer;
        const renewed = load(file);
        warn(renewed, file, log, now());
        log.info('certificate renewed', { cert_file: placeOf(file.cert) });
        return renewed;
      } catch (error) {
        log.error('the new certificate can’t be used, the old one stays', { reason: (error as Error).message });
        return undefined;
      }
    },
  };
};
