import { type KeyObject, X509Certificate } from 'node:crypto';
import type { JsonObject } from '../../../model/json.ts';
import type { Unknown } from '../../../model/subject.ts';
import type { HostTree } from '../hostTree.ts';
import type { Learnt } from '../learnt.ts';
import { certificatePlaces } from './certificatePlaces.ts';
import type { Daemon } from './daemon.ts';

const day = 86_400_000;

/** The size of a key as its strength is counted: a modulus for RSA and DSA, the order of the curve otherwise. */
const bitsOf = ({ asymmetricKeyDetails: details = {} }: KeyObject): number | undefined =>
  details.modulusLength ??
  (details.namedCurve === undefined ? undefined : Number(/\d{3}/.exec(details.namedCurve)?.[0]));

/** All that a file has, its own first; undefined where one of them can't be parsed, or there is none. */
const parse = (text: string): readonly [X509Certificate, ...X509Certificate[]] | undefined => {
  // Text without any is left to the parser to refuse.
  const blocks = text.match(/-----BEGIN (?:X509 )?CERTIFICATE-----[^-]*-----END (?:X509 )?CERTIFICATE-----/g) ?? [text];
  try {
    const [first, ...more] = blocks.map((block) => new X509Certificate(Buffer.from(block, 'latin1')));
    return first === undefined ? undefined : [first, ...more];
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

/** Of whichever ends first: libvirt refuses a file of CAs over any of them (virNetTLSContextCheckCertTimes). */
const ageFacts = (all: readonly X509Certificate[], now: Date): JsonObject => ({
  daysLeft: Math.floor((Math.min(...all.map(({ validTo }) => Date.parse(validTo))) - now.getTime()) / day),
  begun: all.every(({ validFrom }) => Date.parse(validFrom) <= now.getTime()),
});

/**
 * `host.certificates`: the certificates for TLS that may be used, with their key, the whole days that they are still good for, less than 0
 * once they are not, and whether they are good already; and `host.dhParameters`, the files for a key exchange that
 * QEMU 10.2 deprecates.
 *
 * @param remote the ways in which the daemons take connections
 * @param now the time of the audit
 */
export const certificates = (tree: HostTree, daemon: Daemon, remote: Learnt, now: Date | undefined): Learnt => {
  const places = certificatePlaces(tree, daemon, remote);
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
    const all = 'text' in known ? parse(known.text) : undefined;
    if (all === undefined) {
      const reason = 'unreadable' in known ? known.unreadable : `${path} holds no certificate that can be parsed`;
      for (const fact of ['algorithm', 'bits', ...ages]) unknown.push({ at: `${at}/${fact}`, reason });
      found.push({ path });
      continue;
    }
    if (now === undefined) {
      for (const fact of ages) unknown.push({ at: `${at}/${fact}`, reason: 'the time of the audit is not known' });
    }
    found.push({ path, ...keyFacts(all[0].publicKey), ...(now === undefined ? {} : ageFacts(all, now)) });
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
