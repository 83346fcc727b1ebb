import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf } from '../../real/outputOf.ts';
import { type TemporaryFolder, temporaryFolder } from '../../real/temporaryFolder.ts';

export interface Certificate {
  certFile: string;
  keyFile: string;
  cert: Buffer;
  key: Buffer;
}

/** What else a certificate may be. */
export interface Wishes {
  /** As openssl's configuration has it: `DNS:a,URI:b`, or `@section`; empty for no names at all. */
  names?: string;
  /** More of that configuration. */
  sections?: string;
  key?: keyof typeof newKeys;
}

/** A CA of the test's own. */
export interface CertificateAuthority extends TemporaryFolder {
  file: string;
  ca: Buffer;
  /** A certificate for 127.0.0.1, or for other names, and its key; with -1 days it ended yesterday. Many may be asked for at once. */
  issue(name: string, days?: number, more?: Wishes): Promise<Certificate>;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

const newKeys = {
  ec: newKey,
  rsa: ['-newkey', 'rsa:2048', '-nodes'],
  'rsa-pss': ['-newkey', 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048', '-nodes'],
  ed25519: ['-newkey', 'ed25519', '-nodes'],
  ed448: ['-newkey', 'ed448', '-nodes'],
};

/** Makes a CA with openssl(1). */
export const certificateAuthority = async (): Promise<CertificateAuthority> => {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'ca.pem');
  const caKey = join(folder.path, 'ca.key');
  await outputOf('openssl', [
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    caKey,
    '-out',
    file,
    '-subj',
    '/CN=ca',
    '-days',
    '9',
  ]);
  return {
    ...folder,
    file,
    ca: readFileSync(file),
    issue: async (name, days = 1, { names = 'IP:127.0.0.1', sections = '', key = 'ec' } = {}) => {
      const certFile = join(folder.path, `${name}.pem`);
      const keyFile = join(folder.path, `${name}.key`);
      const request = join(folder.path, `${name}.csr`);
      const extensions = join(folder.path, `${name}.extensions`);
      const alternative = names === '' ? '' : `subjectAltName=${names}\n`;
      writeFileSync(extensions, `${alternative}basicConstraints=critical,CA:FALSE\n${sections}`);
      await outputOf('openssl', ['req', ...newKeys[key], '-keyout', keyFile, '-out', request, '-subj', `/CN=${name}`]);
      // A number of its own: openssl's file of serial numbers is read half written by whoever signs at the same time.
      const serial = `0x1${randomBytes(15).toString('hex')}`;
      const signing = ['-CA', file, '-CAkey', caKey, '-set_serial', serial, '-days', `${days}`, '-extfile', extensions];
      await outputOf('openssl', ['x509', '-req', '-in', request, '-out', certFile, ...signing]);
      return { certFile, keyFile, cert: readFileSync(certFile), key: readFileSync(keyFile) };
    },
  };
};
