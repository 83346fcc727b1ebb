import type { Access, Decision, Override, Policy, Profile, Wanted } from '../../../apparmor/index.ts';
import { fromBytes, toBytes } from '../../../model/bytes.ts';
import type { AppArmorState } from './apparmorState.ts';

/** May a profile do something? `denied` and `unknown` carry the sentence that an operator reads. */
export type Permission = { kind: 'allowed' } | { kind: 'denied'; why: string } | { kind: 'unknown'; why: string };

/** Answers for one host: its policy on disk, and what of it the kernel enforces. */
export interface Confinement {
  /** Whether the first of `profiles` that exists lets a process do `accesses` on `path`, as owner and as other. */
  permits(profiles: readonly string[], path: string, accesses: readonly Access[]): Permission;
}

const allowed: Permission = { kind: 'allowed' };

/** Of several answers: denied counts more than unknown, unknown more than allowed. */
export const worstOf = (permissions: readonly Permission[]): Permission =>
  permissions.find(({ kind }) => kind === 'denied') ?? permissions.find(({ kind }) => kind === 'unknown') ?? allowed;

const deciding = ({ rules, reason }: Decision): string =>
  fromBytes(rules.length === 0 ? reason : rules.map(({ file, line, text }) => `${file}:${line}: ${text}`).join('; '));

/**
 * What the kernel makes of an answer. `unconfined` keeps a process from nothing; `complain` from what is denied without
 * `audit` alone, since Linux 4.13 (security/apparmor/file.c, aa_audit_file). What is loaded holds, whatever the file
 * now says of the profile's mode.
 */
const enforced = (decision: Decision, mode: string | undefined): Decision['decision'] => {
  if (mode === undefined || decision.verdict === 'unknown') return decision.decision;
  if (mode === 'complain' && decision.verdict === 'deny' && !decision.quiet) return 'not-enforced';
  return decision.verdict;
};

const knownModes: readonly string[] = ['enforce', 'kill', 'complain'];

/** Proofs in one audit: each loads a policy file anew. */
const mostProofs = 50;

/** Finds the local change that mends a denial; the profile's and the path's own words are bytes. */
export type Prove = (profile: Profile, wanted: Wanted) => Override | undefined;

/** The change as an administrator is to make it. */
const asRemedy = ({ changes, policyFile }: Override): string =>
  fromBytes(
    [
      ...changes.map(({ change, file, line, text }) => {
        if (change === 'remove') return `remove ${file}:${line}: ${text}`;
        return line === 0 ? `add to ${file}: ${text}` : `add to ${file} after line ${line}: ${text}`;
      }),
      `apparmor_parser -r ${policyFile}`,
    ].join('; '),
  );

/** Answers questions by `policy`, unless `state` says that the kernel does not enforce the profile. */
export const createConfinement = (policy: Policy, state: AppArmorState, prove: Prove): Confinement => {
  const remedies = new Map<string, string>();
  const remedy = (name: string, path: string, accesses: readonly Access[]): string => {
    const key = `${name} ${accesses.join('')} ${path}`;
    const known = remedies.get(key);
    if (known !== undefined) return known;
    const profile = policy.profiles.get(name);
    if (profile === undefined || remedies.size >= mostProofs) return '';
    const override = prove(profile, { profile: name, path: toBytes(path), accesses });
    const text = override === undefined ? '' : `; this mends it: ${asRemedy(override)}`;
    remedies.set(key, text);
    return text;
  };

  const inForce = (profile: string): boolean => {
    if (state.enabled === false) return false;
    const mode = state.loaded?.get(profile);
    return state.loaded === undefined || (mode !== undefined && mode !== 'unconfined');
  };

  const permits = (names: readonly string[], path: string, accesses: readonly Access[]): Permission => {
    const candidates = names.filter(inForce);
    const profile = candidates.find((name) => policy.profiles.has(name)) ?? (state.loaded ? candidates[0] : undefined);
    // Nothing of that name is loaded, or on disk to be loaded: the process runs unconfined.
    if (profile === undefined) return allowed;
    const mode = state.loaded?.get(profile);
    let result: Permission = allowed;
    for (const access of accesses) {
      for (const owner of [false, true]) {
        const decision = policy.decide({ profile, path: toBytes(path), access, owner });
        const answer = enforced(decision, mode);
        if (answer === 'deny') {
          const why = `profile ${profile} does not allow ${access} on ${path}: ${deciding(decision)}`;
          return { kind: 'denied', why: why + remedy(profile, path, accesses) };
        }
        // A mode that is not known here, as `user`, in which a program is asked.
        if (mode !== undefined && !knownModes.includes(mode)) {
          return { kind: 'unknown', why: `profile ${profile} is in the mode ${mode}` };
        }
        if (answer === 'unknown') {
          result = { kind: 'unknown', why: `profile ${profile}, ${access} on ${path}: ${fromBytes(decision.reason)}` };
        }
      }
    }
    return result;
  };
  return { permits };
};
