import type { CompiledRule } from '../policy/compiledRule.ts';

/** Finds the rules of a group that a path may match, by the first directory of their patterns. */
export class RuleIndex {
  readonly #byDirectory = new Map<string, CompiledRule[]>();
  /** Rules with a wildcard before the second slash. */
  readonly #anywhere: CompiledRule[] = [];

  constructor(rules: readonly CompiledRule[]) {
    for (const rule of rules) {
      const directories = new Set(rule.patterns.map(({ prefix }) => firstDirectory(prefix)));
      if (directories.has('')) this.#anywhere.push(rule);
      else {
        for (const directory of directories) {
          const known = this.#byDirectory.get(directory);
          if (known) known.push(rule);
          else this.#byDirectory.set(directory, [rule]);
        }
      }
    }
  }

  /** The rules with a pattern that matches `path`, a byte string. */
  *matching(path: string): Generator<CompiledRule> {
    for (const rule of this.#anywhere) if (matches(rule, path)) yield rule;
    for (const rule of this.#byDirectory.get(firstDirectory(path)) ?? []) if (matches(rule, path)) yield rule;
  }
}

const matches = (rule: CompiledRule, path: string): boolean => rule.patterns.some((pattern) => pattern.matches(path));

/** `/var/` of `/var/lib`; empty when there is no second slash. */
const firstDirectory = (path: string): string => path.slice(0, path.indexOf('/', 1) + 1);
