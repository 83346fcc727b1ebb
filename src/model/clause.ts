import type { Violation } from './finding.ts';
import type { JsonObject } from './json.ts';
import type { RuleInfo } from './rule.ts';

/** A compiled `when` or `assert`. */
export interface Clause {
  /** Whether `facts` are as the clause wants them. Pure, and much cheaper than to say why not. */
  holds(facts: JsonObject): boolean;
  /** The places where `facts` are not as the clause wants them; empty when it holds. Pure. */
  violations(facts: JsonObject): readonly Violation[];
  /** Token paths of every place that the clause looks at; `*` stands for any index. */
  touches: readonly (readonly string[])[];
  /**
   * Those among them where all that is there matters. Of the others, which are lists, it is their length; and of each way to a
   * place what kind of thing is on it.
   */
  wholes: readonly (readonly string[])[];
  /** Those among them on which it depends what else is wanted: what an `if` looks at. */
  conditions: readonly (readonly string[])[];
}

/** A rule that the engine can judge subjects by. */
export interface CompiledRule {
  info: RuleInfo;
  when?: Clause;
  assert: Clause;
}
