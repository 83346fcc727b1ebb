import { type KeyObject, X509Certificate } from 'node:crypto';
import type { JsonObject } from '../../model/json.ts';
import type { Unknown } from '../../model/subject.ts';
import type { HostTree } from './hostTree.ts';
import type { Learnt } from './learnt.ts';

/** The folders in which libvirt and QEMU look for certificates (libvirtd.conf; qemu.conf, *_tls_x509_cert_dir). */
const libvirt = ['/etc/pki/CA/cacert.pem', '/etc/pki/libvirt/servercert.pem', '/etc/pki/libvirt/clientcert.pem'];
const qemuFolders = ['qemu', 'libvirt-vnc', 'libvirt-spice', 'libvirt-chardev', 'libvirt-migrate', 'libvirt-nbd'];
const qemuNames = ['ca-cert.pem', 'server-cert.pem', 'client-cert.pem'];

const paths = [...libvirt, ...qemuFolders.flatMap((folder) => qemuNames.map((name) => `/etc/pki/${folder}/${name}`))];

const parameters = ['/etc/pki/libvirt', ...qemuFolders.map((folder) => `/etc/pki/${folder}`)];

const day = 86_400_000;

/** The size of a key as its strength is counted: a modulus for RSA and DSA, the order of the curve otherwise. */
const bitsOf = ({ asymmetricKeyDetails: details = {} }: KeyObject): number | undefined =>
  details.modulusLength ??
  (details.namedCurve === undefined ? undefined : Number(/\d{3}/.exec(details.namedCurve)?.[0]));

const parse = (text: string): X509Certificate | undefined => {
  try {
    return new X509Certificate(Buffer.from(text, 'latin1'));
  } catch {
    return undefined;
  }
};

/** Left out for a kind of key whose size tells nothing, as Ed25519. */
const keyFacts = (key: KeyObject): JsonObject => {
  const bits = bitsOf(key);
  return { algorithm: key.asymmetricKeyType ?? 'unknown', ...(bits === undefined ? {} : { bits }) };
};

/**
 * `host.certificates`: the certificates for TLS, with their key and the whole days that they are still good for, less than 0
 * once they are not; and `host.dhParameters`, the files for a key exchange that QEMU 10.2 deprecates.
 *
 * @param now the time of the audit
 */
export const certificates = (tree: HostTree, now: Date | undefined): Learnt => {
  const found: JsonObject[] = [];
  const unknown: Unknown[] = [];
  for (const path of paths) {
    const known = tree.read(path);
    if (known === undefined) continue;
    const at = `/host/certificates/${found.length}`;
    const certificate = 'text' in known ? parse(known.text) : undefined;
    if (certificate === undefined) {
      const reason = 'unreadable' in known ? known.unreadable : `${path} holds no certificate that can be parsed`;
      for (const fact of ['algorithm', 'bits', 'daysLeft']) unknown.push({ at: `${at}/${fact}`, reason });
      found.push({ path });
      continue;
    }
    if (now === undefined) unknown.push({ at: `${at}/daysLeft`, reason: 'the time of the audit is not known' });
    const daysLeft = now && Math.floor((Date.parse(certificate.validTo) - now.getTime()) / day);
    found.push({ path, ...keyFacts(certificate.publicKey), ...(daysLeft === undefined ? {} : { daysLeft }) });
  }
  const dhParameters = parameters.flatMap((folder) => {
    const path = `${folder}/dh-params.pem`;
    const known = tree.read(path);
    if (known === undefined) return [];
    if ('text' in known) return [path];
    unknown.push({ at: '/host/dhParameters', reason: known.unreadable });
    return [];
  });
  return { facts: { certificates: found, dhParameters }, unknown };
};
