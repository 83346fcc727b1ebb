import type { UnreadableReason } from './document.ts';
import type { DomainState } from './domainState.ts';
import type { Finding } from './finding.ts';
import type { Outcome } from './outcome.ts';
import type { RuleInfo } from './rule.ts';
import type { Severity } from './severity.ts';
import type { SourceResult } from './source.ts';
import type { Target } from './subject.ts';
import type { JudgedWaiver } from './waiver.ts';

/** Counts over the whole report; every key is always there. */
export interface Summary {
  outcomes: Record<Outcome, number>;
  /** Failing findings by severity, without those that are waived. */
  failures: Record<Severity, number>;
  /** Waived findings by severity. */
  waived: Record<Severity, number>;
  /** Domains (not definitions) by state. */
  domains: Record<DomainState, number>;
  /** Definitions that could not be audited, by reason. */
  unaudited: Record<UnreadableReason, number>;
  /** Nothing was missing: every source answered, every rule could be judged. */
  complete: boolean;
}

/** What the kernel says of AppArmor, for the exporter. */
export interface AppArmorSummary {
  enabled?: boolean;
  /** Loaded profiles by mode; absent when the kernel did not tell. */
  profiles?: Readonly<Record<string, number>>;
}

/** By what the host was judged. */
export interface RulesetInfo {
  profile: string;
  /** Changes when any rule, severity or parameter does: tells which hosts run old rules. */
  digest: string;
}

/** A domain, or the host, and what the rules say of its upgrade. */
export interface UpgradeItem {
  target: Target;
  because: readonly { rule: string; words: readonly string[] }[];
}

/** What an upgrade comes to: the answer that `check --target` begins with. */
export interface UpgradeSummary {
  /** What the operator named the target by. */
  name: string;
  /** The release of its QEMU, where known. */
  qemu?: string;
  /** Domains asked about, and those of which all is known and nothing is to be done before. */
  domains: number;
  clear: number;
  /** What will not start, migrate or go back there: critical and high findings of rules tagged `upgrade`. */
  blocked: readonly UpgradeItem[];
  /** Medium findings of these, and from medium on those of rules tagged `before-upgrade`. */
  before: readonly UpgradeItem[];
  /** Low ones, and info. */
  later: readonly UpgradeItem[];
  /** Of whom not all could be judged. */
  missing: readonly UpgradeItem[];
  /** What of the target nobody looked at, or tried to in vain, in words: no rule's silence about it is a promise. */
  unseen: readonly string[];
  /** Sources that failed. */
  sources: readonly string[];
}

/** The result of one audit. */
export interface Report {
  /** ISO 8601, UTC, when the audit began. */
  time: string;
  /** How long it took. */
  seconds: number;
  sources: readonly SourceResult[];
  ruleset: RulesetInfo;
  rules: readonly RuleInfo[];
  /** Of every outcome, sorted by severity, rule, target, definition. */
  findings: readonly Finding[];
  /** Every waiver for a rule that was applied. */
  waivers: readonly JudgedWaiver[];
  summary: Summary;
  /** Only where an earlier report was given: so many failing places that it has too are neither findings here nor counted. */
  baseline?: { report: string; known: number };
  /** Only where a target was named. */
  upgrade?: UpgradeSummary;
  apparmor: AppArmorSummary;
  /** Every domain seen, for the join metric. */
  domains: readonly { name: string; uuid: string }[];
}
