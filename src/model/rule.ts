import type { JsonObject } from './json.ts';
import type { Parameters } from './parameters.ts';
import type { Severity } from './severity.ts';
import type { TargetKind } from './subject.ts';

export interface Reference {
  title: string;
  url: string;
}

/** What a rule says of itself; see rules/schema.json. */
export interface RuleInfo {
  id: string;
  /** The folder that it lives in: guest-agent, channels, apparmor, … */
  area: string;
  /** True on pass, so that it reads right after ✓ and ✗ alike. */
  title: string;
  severity: Severity;
  target: TargetKind;
  tags: readonly string[];
  rationale: string;
  remediation: string;
  references: readonly Reference[];
}

/** A rule as its file has it, checked but not compiled. */
export interface Rule extends RuleInfo {
  file: string;
  when?: JsonObject;
  assert: JsonObject;
  /** Why `assert` may hold on a subject without any facts; else such a rule is refused. */
  vacuous?: string;
  examples: Examples;
}

/** One named set of documents, in the short form of rule files. */
export interface Example {
  name: string;
  documents: readonly JsonObject[];
  /** What the operator has set, where the rule depends on it. */
  parameters?: Partial<Parameters>;
  /** JSON pointers of every violation, in a failing example. */
  at?: readonly string[];
}

export interface Examples {
  pass: readonly Example[];
  fail: readonly Example[];
  notapplicable: readonly Example[];
  error: readonly Example[];
}
