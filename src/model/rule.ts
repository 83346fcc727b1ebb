import type { Json, JsonObject } from './json.ts';
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

/** One change of a domain's XML, to every element at `at` on which `where` holds. */
export interface Edit {
  /** JSON pointer to elements, through lists: `/domain/devices/disk` means each disk. */
  at: string;
  where?: JsonObject;
  /** Of the elements found, the first so many are left alone. */
  keep?: number;
  /** Attributes or texts below the element, made where they are missing; `{$data: POINTER}` takes a fact. */
  set?: Readonly<Record<string, Json>>;
  /** The element itself, or these attributes and elements below it. */
  remove?: true | readonly string[];
  /** XML that becomes its last child. */
  add?: string;
}

/** A rule as its file has it, checked but not compiled. */
export interface Rule extends RuleInfo {
  file: string;
  when?: JsonObject;
  assert: JsonObject;
  /** Why `assert` may hold on a subject without any facts; else such a rule is refused. */
  vacuous?: string;
  /** The change of the domain's XML that mends it, where there is one. */
  fix?: readonly Edit[];
  examples: Examples;
}

/** One named set of documents, in the short form of rule files. */
export interface Example {
  name: string;
  documents: readonly JsonObject[];
  /** What is known of the host that the domains are to run on next, in the same form. */
  target?: readonly JsonObject[];
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
