import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { WebTls } from '../../exporter/webConfig.ts';
import { InputError } from '../../model/inputError.ts';
import type { Log } from '../../model/log.ts';
import type { TlsFile } from './webFile.ts';

const read = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new InputError(`${path}: ${(error as NodeJS.ErrnoException).code}; named in tls_server_config`);
  }
};

/** Reads the files, and tries them together. @throws InputError */
const load = ({ certFile, keyFile, clientCaFile, minVersion, maxVersion }: TlsFile): SecureContextOptions => {
  const context: SecureContextOptions = {
    cert: read(certFile),
    key: read(keyFile),
    ...(clientCaFile === undefined ? {} : { ca: read(clientCaFile) }),
    minVersion,
    maxVersion,
  };
  try {
    createSecureContext(context);
    return context;
  } catch (error) {
    // OpenSSL names the trouble and never the file.
    const files = [certFile, keyFile, ...(clientCaFile === undefined ? [] : [clientCaFile])];
    throw new InputError(`${files.join(', ')}: ${(error as Error).message}`);
  }
};

/** Changes when a file is written or replaced. */
const stampOf = ({ certFile, keyFile, clientCaFile }: TlsFile): string =>
  [certFile, keyFile, clientCaFile ?? certFile]
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat === undefined ? 'none' : `${stat.ino}:${stat.size}:${stat.mtimeMs}`;
    })
    .join(' ');

const warnIfExpired = (cert: SecureContextOptions['cert'], path: string, log: Log, now: Date): void => {
  const { validTo } = new X509Certificate(cert as Buffer);
  if (Date.parse(validTo) < now.getTime())
    log.warn('the certificate has expired', { cert_file: path, valid_to: validTo });
};

/**
 * TLS from files that may be renewed at any time; what can't be used then leaves the ones before in place.
 *
 * @throws InputError
 */
export const createWebTls = (file: TlsFile, log: Log, now: () => Date): WebTls => {
  let stamp = stampOf(file);
  const context = load(file);
  warnIfExpired(context.cert, file.certFile, log, now());
  return {
    clientAuth: file.clientAuth,
    context,
    renewed: () => {
      try {
        const newer = stampOf(file);
        if (newer === stamp) return undefined;
        // Noted first: the same broken file is not read again for each connection.
        stamp = newer;
        const renewed = load(file);
        warnIfExpired(renewed.cert, file.certFile, log, now());
        log.info('certificate renewed', { cert_file: file.certFile });
        return renewed;
      } catch (error) {
        log.error('the new certificate can’t be used, the old one stays', { reason: (error as Error).message });
        return undefined;
      }
    },
  };
};
