import { GlobError } from '../glob/globError.ts';
import { Pattern } from '../glob/pattern.ts';
import type { Environment } from './environment.ts';
import { expandVariables } from './expandVariables.ts';
import { squeezeSlashes } from './squeezeSlashes.ts';

/** Variables that apparmor_parser sets itself, unless the policy does. */
const builtIns = new Set(['profile_name', 'attach_path', 'exec_path']);

/** What the variables that apparmor_parser sets itself stand for in one profile. */
export interface ProfileContext {
  readonly name: string;
  readonly attachment: string | undefined;
}

/** The patterns of a rule, or why it has none; `local` when they depend on the profile's name or attachment. */
export interface RulePatterns {
  readonly patterns: readonly Pattern[];
  readonly error: GlobError | undefined;
  readonly local: boolean;
}

/** Compiles each pattern once for all profiles that see the same variables and aliases. */
export class PatternCache {
  readonly environment: Environment;
  readonly #compiled = new Map<string, RulePatterns>();

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** The patterns of a rule's path as written. */
  patterns(path: string, profile: ProfileContext): RulePatterns {
    const known = this.#compiled.get(path);
    if (known) return known;
    const made = this.#compile(path, profile);
    if (!made.local) this.#compiled.set(path, made);
    return made;
  }

  /** Why the variables in a word of a rule can't be expanded; undefined when they can. */
  wordError(word: string, profile: ProfileContext): GlobError | undefined {
    return word.includes('@{') ? this.#expand(word, profile).error : undefined;
  }

  #compile(path: string, profile: ProfileContext): RulePatterns {
    const { expanded, error, local } = this.#expand(path, profile);
    if (error) return { patterns: [], error, local };
    const aliased = this.environment.aliases
      .filter(({ from }) => expanded.startsWith(from))
      .map(({ from, to }) => to + expanded.slice(from.length));
    const globs = [...new Set([expanded, ...aliased].map(squeezeSlashes))];
    try {
      return { patterns: globs.map((glob) => new Pattern(glob)), error: undefined, local };
    } catch (thrown) {
      if (!(thrown instanceof GlobError)) throw thrown;
      return { patterns: [], error: thrown, local };
    }
  }

  #expand(text: string, profile: ProfileContext): { expanded: string; error: GlobError | undefined; local: boolean } {
    let local = false;
    const valuesOf = (name: string): readonly string[] | undefined => {
      const values = this.environment.variables.get(name);
      if (values || !builtIns.has(name)) return values;
      local = true;
      // The name is taken as it is, so wildcards in it are escaped; the attachment is a pattern.
      if (name === 'profile_name') return [profile.name.replace(/[*?[\]{},\\]/g, '\\$&')];
      return profile.attachment === undefined ? undefined : [profile.attachment];
    };
    try {
      return { expanded: expandVariables(text, valuesOf), error: undefined, local };
    } catch (thrown) {
      if (!(thrown instanceof GlobError)) throw thrown;
      return { expanded: '', error: thrown, local };
    }
  }
}
