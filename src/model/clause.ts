import type { Violation } from './finding.ts';
import type { Json, JsonObject } from './json.ts';
import type { RuleInfo } from './rule.ts';

/** A place that a clause looks at. Of each way to a place it matters, too, what kind of thing is on it. */
export interface Look {
  /** Its tokens; `*` stands for any index. */
  at: readonly string[];
  /**
   * What of it matters, besides its kind: all, nothing else, of a list its length, which of some plain values it is, if any, or
   * whether it meets something.
   */
  sees: 'all' | 'kind' | 'length' | readonly Json[] | Requirement;
}

/** Something that values meet or do not. */
export interface Requirement {
  /** It in words: two of the same are the same requirement. */
  name: string;
  /** Pure. */
  met(value: Json): boolean;
}

/** A compiled `when` or `assert`. */
export interface Clause {
  /** Whether `facts` are as the clause wants them. Pure, and much cheaper than to say why not. */
  holds(facts: JsonObject): boolean;
  /** The places where `facts` are not as the clause wants them; empty when it holds. Pure. */
  violations(facts: JsonObject): readonly Violation[];
  /** V8 compiles code when it is first called: this has it done before there are facts. */
  prepare(): void;
  /**
   * Token paths of every place that the clause looks at; `*` stands for any index, a last `**` for whatever is inside, where all
   * of that matters.
   */
  touches: readonly (readonly string[])[];
  /** The same with what matters there. */
  looks: readonly Look[];
  /** Those among them on which it depends what else is wanted: what an `if` looks at, and what a `$data` names. */
  conditions: readonly (readonly string[])[];
}

/** A rule that the engine can judge subjects by. */
export interface CompiledRule {
  info: RuleInfo;
  when?: Clause;
  assert: Clause;
}
