import { type KeyObject, X509Certificate } from 'node:crypto';
import type { JsonObject } from '../../model/json.ts';
import type { Unknown } from '../../model/subject.ts';
import { certificatePlaces } from './certificatePlaces.ts';
import type { Daemon } from './daemon.ts';
import type { HostTree } from './hostTree.ts';
import type { Learnt } from './learnt.ts';

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

const ages = ['daysLeft', 'begun'];

const ageFacts = ({ validFrom, validTo }: X509Certificate, now: Date): JsonObject => ({
  daysLeft: Math.floor((Date.parse(validTo) - now.getTime()) / day),
  begun: Date.parse(validFrom) <= now.getTime(),
});

/**
 * `host.certificates`: the certificates for TLS, with their key, the whole days that they are still good for, less than 0
 * once they are not, and whether they are good already; and `host.dhParameters`, the files for a key exchange that
 * QEMU 10.2 deprecates.
 *
 * @param now the time of the audit
 */
export const certificates = (tree: HostTree, daemon: Daemon, now: Date | undefined): Learnt => {
  const places = certificatePlaces(tree, daemon);
  const found: JsonObject[] = [];
  const unknown: Unknown[] = [];
  if (places.uncertain !== undefined) {
    const reason = places.uncertain;
    unknown.push(...['/host/certificates', '/host/dhParameters'].map((at) => ({ at, reason })));
  }
  for (const path of places.certificates) {
    const known = tree.read(path);
    if (known === undefined) continue;
    const at = `/host/certificates/${found.length}`;
    const certificate = 'text' in known ? parse(known.text) : undefined;
    if (certificate === undefined) {
      const reason = 'unreadable' in known ? known.unreadable : `${path} holds no certificate that can be parsed`;
      for (const fact of ['algorithm', 'bits', ...ages]) unknown.push({ at: `${at}/${fact}`, reason });
      found.push({ path });
      continue;
    }
    if (now === undefined) {
      for (const fact of ages) unknown.push({ at: `${at}/${fact}`, reason: 'the time of the audit is not known' });
    }
    found.push({ path, ...keyFacts(certificate.publicKey), ...(now === undefined ? {} : ageFacts(certificate, now)) });
  }
  const dhParameters = places.folders.flatMap((folder) => {
    const path = `${folder}/dh-params.pem`;
    const known = tree.read(path);
    if (known === undefined) return [];
    if ('text' in known) return [path];
    unknown.push({ at: '/host/dhParameters', reason: known.unreadable });
    return [];
  });
  return { facts: { certificates: found, dhParameters }, unknown };
};
