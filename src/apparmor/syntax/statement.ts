/** Where a statement starts (line counted from 1) and its text. */
interface Placed {
  readonly line: number;
  readonly text: string;
}

/** The words before a rule. A later word never takes an earlier one back: blocks hand theirs down. */
export interface Qualifiers {
  readonly audit: boolean;
  readonly effect: 'allow' | 'deny' | 'prompt';
  readonly owner: boolean;
  /** -1000 to 1000; 0 when the rule has none. */
  readonly priority: number;
}

/** `include <path>` (looked up in the policy directory) or `include "path"`. */
export interface IncludeStatement extends Placed {
  readonly kind: 'include';
  readonly form: 'search' | 'path';
  readonly path: string;
  readonly ifExists: boolean;
}

/** `abi <path>,` names the kernel features the policy was written for; it has no say in file rules. */
export interface AbiStatement extends Placed {
  readonly kind: 'abi';
  readonly form: 'search' | 'path';
  readonly path: string;
}

/** `alias from -> to,` */
export interface AliasStatement extends Placed {
  readonly kind: 'alias';
  readonly from: string;
  readonly to: string;
}

/** `@{name} = values`. The name comes without its braces. */
export interface VariableStatement extends Placed {
  readonly kind: 'variable';
  readonly name: string;
  readonly operator: '=' | '+=' | '?=' | ':=';
  readonly values: readonly string[];
}

/** `$name = true` */
export interface BooleanStatement extends Placed {
  readonly kind: 'boolean';
  readonly name: string;
  readonly value: boolean;
}

/** A profile, child profile or hat. */
export interface ProfileStatement extends Placed {
  readonly kind: 'profile';
  readonly hat: boolean;
  readonly name: string;
  readonly attachment: string | undefined;
  readonly flags: readonly string[];
  /** Extended attributes that a program must have for the profile to attach, as written. */
  readonly xattrs: readonly string[];
  readonly body: readonly Statement[];
}

/** `owner { … }`, `audit { … }`: qualifiers for all rules inside. */
export interface BlockStatement extends Placed {
  readonly kind: 'block';
  readonly qualifiers: Qualifiers;
  readonly body: readonly Statement[];
}

/** The condition of an `if`. */
export type Condition =
  | { readonly kind: 'boolean'; readonly name: string; readonly negated: boolean }
  | { readonly kind: 'defined'; readonly sigil: '@' | '$'; readonly name: string; readonly negated: boolean }
  | { readonly kind: 'in'; readonly value: string; readonly name: string; readonly negated: boolean }
  | { readonly kind: 'unknown' };

/** `if condition { … } else { … }`. An `else if` is a condition alone in `otherwise`. */
export interface ConditionStatement extends Placed {
  readonly kind: 'if';
  readonly condition: Condition;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

/** A file rule; `path` is the pattern as written, without quotes. `file,` and `all,` read as the pattern for every path. */
export interface FileRule extends Placed {
  readonly kind: 'file';
  readonly qualifiers: Qualifiers;
  readonly path: string;
  /** Subset of `rwalkmx`, each at most once. */
  readonly permissions: string;
  /** Which profile follows an exec, lower case: `i`, `p`, `pi`, `cu`…; empty without exec. */
  readonly execMode: string;
  /** `m` is there only because an inherited exec brings it; `audit` does not extend to it. */
  readonly impliesMap: boolean;
  /** Whether the environment is kept (`px` rather than `Px`). */
  readonly unsafe: boolean;
  /** After `->`: the profile for an exec, the target of a link. */
  readonly target: string | undefined;
}

/** `link [subset] path -> target,` */
export interface LinkRule extends Placed {
  readonly kind: 'link';
  readonly qualifiers: Qualifiers;
  readonly subset: boolean;
  readonly path: string;
  readonly target: string;
}

/** The rules that say nothing about files, by their keyword in apparmor.d(5). */
export type OtherRuleKind =
  | 'capability'
  | 'network'
  | 'unix'
  | 'dbus'
  | 'signal'
  | 'ptrace'
  | 'mount'
  | 'remount'
  | 'umount'
  | 'pivot_root'
  | 'change_profile'
  | 'rlimit'
  | 'userns'
  | 'io_uring'
  | 'mqueue';

/** A rule about something other than files. A list in parentheses is one nested array. */
export interface OtherRule extends Placed {
  readonly kind: OtherRuleKind;
  readonly qualifiers: Qualifiers;
  readonly words: readonly RuleWord[];
}

/** A word of a rule: an identifier, `key=` as written, or a list in parentheses. */
export type RuleWord = string | readonly string[];

/** A rule with a keyword that this evaluator does not know. */
export interface UnknownRule extends Placed {
  readonly kind: 'unknown';
}

/** Everything a policy file may hold. */
export type Statement =
  | IncludeStatement
  | AbiStatement
  | AliasStatement
  | VariableStatement
  | BooleanStatement
  | ProfileStatement
  | BlockStatement
  | ConditionStatement
  | FileRule
  | LinkRule
  | OtherRule
  | UnknownRule;
