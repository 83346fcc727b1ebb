import { join } from 'node:path';
import type { CompiledRule } from '../model/clause.ts';
import type { Rule } from '../model/rule.ts';
import { clauseName } from '../ruleset/compile/clauseName.ts';
import { clauseOf, type Validate } from '../ruleset/compile/clauseOf.ts';
import { ruleInfo } from '../ruleset/compile/ruleInfo.ts';
import type { Profile } from '../ruleset/settings/settings.ts';
import { unique } from '../ruleset/vocabulary/repeats.ts';
import { compiledCatalogue, type LoadedCatalogue } from '../sources/compiledCatalogue.ts';
import { builtInRules } from '../sources/ruleFiles.ts';

/** The rules that come with the program, and what it takes to judge by them. */
export interface BuiltIn {
  rules: readonly Rule[];
  /** Built-in profiles whose files need not be read any more. */
  profiles: Readonly<Record<string, Profile>>;
  /** @throws InputError */
  compile(rule: Rule): CompiledRule;
}

const fromBuild = ({ rules, profiles, validators, explaining }: LoadedCatalogue): BuiltIn => {
  validators.vocabulary = { unique };
  const thorough = (name: string): Validate => {
    const all = explaining();
    all.vocabulary = { unique };
    return all[name] as Validate;
  };
  const clause = (id: string, part: 'when' | 'assert', schema: Rule['assert']) => {
    const name = clauseName(id, part);
    return clauseOf(schema, validators[name] as Validate, () => thorough(name));
  };
  return {
    rules: rules.map((rule) => ({ ...rule, file: join(builtInRules, rule.file) })),
    profiles: profiles as Record<string, Profile>,
    compile: (rule) => ({
      info: ruleInfo(rule),
      ...(rule.when === undefined ? {} : { when: clause(rule.id, 'when', rule.when) }),
      assert: clause(rule.id, 'assert', rule.assert),
    }),
  };
};

/** Reads and compiles the rule files themselves: the program runs from its sources, or they have changed since it was built. */
const fromFiles = async (): Promise<BuiltIn> => {
  const { loadCatalogue } = await import('./loadCatalogue.ts');
  const { createCompiler } = await import('../ruleset/compile/compileRule.ts');
  return { rules: loadCatalogue([]), profiles: {}, compile: createCompiler() };
};

/** The built-in rules, from what the build made of them where that still holds. @throws InputError */
export const builtIn = async (): Promise<BuiltIn> => {
  const catalogue = compiledCatalogue();
  return catalogue === undefined ? fromFiles() : fromBuild(catalogue);
};
