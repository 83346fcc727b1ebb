import type { Access } from '../access.ts';
import type { Decision } from '../decision.ts';
import { loadPolicy } from '../loadPolicy.ts';
import type { Override, PolicyChange } from '../override.ts';
import type { PolicySource } from '../policySource.ts';
import type { Profile } from '../profile.ts';
import { changedSource } from './changedSource.ts';

/** What is to be allowed: to the owner and to others. */
export interface Wanted {
  readonly profile: string;
  readonly path: string;
  readonly accesses: readonly Access[];
}

/** A path as a quoted pattern that matches it alone. */
const literal = (path: string): string => `"${path.replace(/[*?[\]{},\\"]/g, '\\$&')}"`;

/** Where an administrator adds to a profile, as packages leave room for it, and last the policy file itself. */
const placesToAdd = (base: string, { name, policyFile, file, line }: Profile): readonly PolicyChange[] => {
  const local = `${base}/local/${policyFile.slice(policyFile.lastIndexOf('/') + 1)}`;
  const ofDomains = [`${base}/abstractions/libvirt-qemu.d/sockets`, `${base}/local/abstractions/libvirt-qemu`];
  const places = name.startsWith('libvirt-') ? ofDomains : [local];
  return [...places.map((place) => ({ file: place, line: 0 })), { file, line }].map((place) => ({
    ...place,
    change: 'add',
    text: '',
  }));
};

/** A question that is not allowed, rather by a rule than for want of one; undefined when all are allowed. */
const denialIn = (source: PolicySource, base: string, policyFile: string, wanted: Wanted): Decision | undefined => {
  const policy = loadPolicy(source, { base, files: [policyFile] });
  const { profile, path, accesses } = wanted;
  const denials = accesses
    .flatMap((access) => [false, true].map((owner) => policy.decide({ profile, path, access, owner })))
    .filter(({ verdict }) => verdict !== 'allow');
  return denials.find(({ explicit }) => explicit) ?? denials[0];
};

/**
 * The smallest local change after which the profile allows what is wanted: denies removed where denies decide, since no allow
 * outweighs them, and one rule added where none allows. It is proven on the changed policy; undefined where nothing that was
 * tried mends it.
 */
export function proveOverride(
  source: PolicySource,
  base: string,
  profile: Profile,
  wanted: Wanted,
): Override | undefined {
  const { policyFile } = profile;
  const denial = (changes: readonly PolicyChange[]) =>
    denialIn(changedSource(source, changes), base, policyFile, wanted);
  let removed: readonly PolicyChange[] = [];
  let left = denial(removed);
  // Removing one deny may uncover another, as one about owners; each round removes at least one rule.
  for (let round = 0; left?.explicit && left.verdict === 'deny' && round < 8; round++) {
    removed = [
      ...removed,
      ...left.rules.map(({ file, line, text }) => ({ file, line, text, change: 'remove' as const })),
    ];
    left = denial(removed);
  }
  if (left === undefined) return { changes: removed, policyFile };
  if (left.explicit || left.verdict !== 'deny') return undefined;
  const letters = wanted.accesses.includes('w') ? 'rw' : wanted.accesses.join('');
  const text = `${literal(wanted.path)} ${letters},`;
  for (const place of placesToAdd(base, profile)) {
    const changes = [...removed, { ...place, text }];
    if (denial(changes) === undefined) return { changes, policyFile };
  }
  return undefined;
}
