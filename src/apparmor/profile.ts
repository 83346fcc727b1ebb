import type { Location } from './location.ts';
import type { CompiledRule } from './policy/compiledRule.ts';
import type { Problem } from './problem.ts';
import type { OtherRule } from './syntax/statement.ts';

/** What the kernel does with a profile's verdicts; `default_allow` is `unconfined` to it. */
export type ProfileMode = 'enforce' | 'complain' | 'kill' | 'unconfined' | 'prompt';

/** A rule of a profile with the includes that brought it in, outermost first. */
export interface PlacedRule<Rule> {
  readonly file: string;
  readonly rule: Rule;
  readonly includedFrom: readonly Location[];
}

/** A profile, child profile or hat as the policy files define it. */
export interface Profile {
  /** As the kernel lists it: a child or hat is `parent//name`. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** The policy file that loads it; another than `file` when the profile stands in an include. */
  readonly policyFile: string;
  /** The pattern of the programs it attaches to, variables not expanded. */
  readonly attachment: string | undefined;
  readonly mode: ProfileMode;
  readonly flags: readonly string[];
  /** `disable/<name of the policy file>` exists: it is not loaded. */
  readonly disabled: boolean;
  /** `force-complain/<name of the policy file>` exists: it is loaded in complain mode. */
  readonly forceComplain: boolean;
  /** Why decisions about it are `unknown`; empty when all of it was understood. */
  readonly problems: readonly Problem[];
  /** File and link rules, with those of included files. */
  readonly fileRules: readonly PlacedRule<CompiledRule>[];
  /** Rules about anything else. */
  readonly otherRules: readonly PlacedRule<OtherRule>[];
}
