import { GlobError } from '../glob/globError.ts';
import type { Problem } from '../problem.ts';
import type { ProfileStatement } from '../syntax/statement.ts';
import { type Environment, environmentKey } from './environment.ts';
import type { OverlapCache } from './execConflicts.ts';
import { expandVariables } from './expandVariables.ts';
import { PatternCache } from './patternCache.ts';
import { type PlacedProfile, policyPreamble } from './policyPreamble.ts';
import { PolicyProfile } from './policyProfile.ts';
import type { PolicyTree } from './policyTree.ts';
import { ProfileBodies } from './profileBody.ts';
import { profileMode } from './profileMode.ts';

/** A policy file as apparmor_parser would load it: all of it or, with a problem, nothing. */
export interface LoadedPolicyFile {
  readonly profiles: readonly PolicyProfile[];
  /** Problems of scope `file`, and those in profiles. */
  readonly problems: () => readonly Problem[];
}

/** How a policy file is switched off or weakened from outside. */
export interface Switches {
  readonly disabled: boolean;
  readonly forceComplain: boolean;
}

/** Loads policy files of one tree; equal parts are shared between them. */
export class PolicyFileLoader {
  readonly #tree: PolicyTree;
  readonly #bodies: ProfileBodies;
  readonly #caches = new Map<string, PatternCache>();
  readonly #overlaps: OverlapCache = new WeakMap();

  constructor(tree: PolicyTree) {
    this.#tree = tree;
    this.#bodies = new ProfileBodies(tree);
  }

  /** Loads a policy file with all that it includes. */
  load(path: string, switches: Switches): LoadedPolicyFile {
    const source = this.#tree.file(path);
    if (source === undefined || 'error' in source) {
      const message = source?.error ?? `there is no ${path}`;
      const problem: Problem = { file: path, line: 0, text: '', message, scope: 'file' };
      return { profiles: [], problems: () => [problem] };
    }
    const preamble = policyPreamble(this.#tree, source);
    const profiles: PolicyProfile[] = [];
    const duplicates: Problem[] = [];
    const cache = this.#cache(preamble.environment);

    let whole: readonly Problem[] | undefined;
    const ofFile = (): readonly Problem[] => {
      whole ??= unique([
        ...preamble.problems,
        ...duplicates,
        ...profiles.flatMap((profile) => profile.ownProblems.filter(({ scope }) => scope === 'file')),
      ]);
      return whole;
    };
    const add = (placed: PlacedProfile, parent: string): void => {
      const { statement, file, includedFrom } = placed;
      const { line, flags } = statement;
      const noted: Problem[] = [];
      const note = (message: string, scope: Problem['scope']) =>
        noted.push({ file, line, text: statement.text.slice(0, 80), message, scope });
      const name = parent + nameOf(statement, preamble.environment, (message) => note(message, 'file'));
      if (profiles.some((other) => other.name === name)) note(`profile ${name} is defined twice`, 'file');
      const { mode, conflict, unknown } = profileMode(flags);
      if (conflict) note('flags ask for two modes', 'file');
      for (const flag of unknown) note(`flag "${flag}" is not known here`, 'profile');
      const { attachment } = statement;
      // What the profile attaches to is a pattern, and without that its name is one.
      const { error } = cache.patterns(attachment ?? statement.name, { name, attachment });
      if (error) note(error.message, error.unsupported ? 'profile' : 'file');
      const body = this.#bodies.body(placed, cache, {
        name,
        attachment: attachment ?? (name.startsWith('/') ? name : undefined),
      });
      const forced = switches.forceComplain && mode === 'enforce' ? 'complain' : mode;
      const header = { name, file, line, policyFile: path, includedFrom, attachment, mode: forced, flags, ...switches };
      profiles.push(new PolicyProfile(header, body, noted, this.#overlaps, ofFile));
      for (const child of body.children) add(child, `${name}//`);
    };
    for (const placed of preamble.profiles) add(placed, '');
    const ofProfiles = () =>
      profiles.flatMap((profile) => profile.ownProblems.filter(({ scope }) => scope === 'profile'));
    return { profiles, problems: () => unique([...ofFile(), ...ofProfiles()]) };
  }

  #cache(environment: Environment): PatternCache {
    const key = environmentKey(environment);
    let cache = this.#caches.get(key);
    if (cache === undefined) {
      cache = new PatternCache(environment);
      this.#caches.set(key, cache);
    }
    return cache;
  }
}

/** The name without its namespace, variables expanded. */
function nameOf(statement: ProfileStatement, environment: Environment, note: (message: string) => void): string {
  const name = statement.name.replace(/^:[^:]*:(?:\/\/)?/, '');
  try {
    return expandVariables(name, (variable) => environment.variables.get(variable));
  } catch (error) {
    if (!(error instanceof GlobError)) throw error;
    note(error.message);
    return name;
  }
}

function unique(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...seen.values()];
}
