import type { Access, Decision, Policy } from '../../apparmor/index.ts';
import { fromBytes, toBytes } from '../../model/bytes.ts';
import type { AppArmorState } from './apparmorState.ts';

/** May a profile do something? `denied` and `unknown` carry the sentence that an operator reads. */
export type Permission = { kind: 'allowed' } | { kind: 'denied'; why: string } | { kind: 'unknown'; why: string };

/** Answers for one host: its policy on disk, and what of it the kernel enforces. */
export interface Confinement {
  /** Whether the first of `profiles` that exists lets a process do `accesses` on `path`, as owner and as other. */
  permits(profiles: readonly string[], path: string, accesses: readonly Access[]): Permission;
}

const allowed: Permission = { kind: 'allowed' };

const deciding = ({ rules, reason }: Decision): string =>
  fromBytes(rules.length === 0 ? reason : rules.map(({ file, line, text }) => `${file}:${line}: ${text}`).join('; '));

/** Answers questions by `policy`, unless `state` says that the kernel does not enforce the profile. */
export const createConfinement = (policy: Policy, state: AppArmorState): Confinement => {
  /** Modes in which the kernel keeps a process from nothing that the profile does not deny. */
  const lenient = new Set(['complain', 'unconfined']);

  const enforced = (profile: string): boolean => {
    if (state.enabled === false) return false;
    const mode = state.loaded?.get(profile);
    return state.loaded === undefined || (mode !== undefined && !lenient.has(mode));
  };

  const permits = (names: readonly string[], path: string, accesses: readonly Access[]): Permission => {
    const inForce = names.filter(enforced);
    const profile = inForce.find((name) => policy.profiles.has(name)) ?? (state.loaded ? inForce[0] : undefined);
    // Nothing of that name is loaded, or on disk to be loaded: the process runs unconfined.
    if (profile === undefined) return allowed;
    let result: Permission = allowed;
    for (const access of accesses) {
      for (const owner of [false, true]) {
        const decision = policy.decide({ profile, path: toBytes(path), access, owner });
        const why = `profile ${profile} does not allow ${access} on ${path}: ${deciding(decision)}`;
        // What the kernel enforces it enforces whatever the file now says of the profile's mode.
        const answer = state.loaded === undefined ? decision.decision : decision.verdict;
        if (answer === 'deny') return { kind: 'denied', why };
        // A mode that is not known here, as `user`, in which a program is asked.
        const odd = state.loaded !== undefined && !['enforce', 'kill'].includes(state.loaded.get(profile) ?? '');
        if (odd) return { kind: 'unknown', why: `profile ${profile} is in the mode ${state.loaded?.get(profile)}` };
        if (answer === 'unknown') {
          result = { kind: 'unknown', why: `profile ${profile}, ${access} on ${path}: ${fromBytes(decision.reason)}` };
        }
      }
    }
    return result;
  };
  return { permits };
};
