import type { Location } from './location.ts';

/** A rule that decides a question. */
export interface DecidingRule extends Location {
  readonly text: string;
  readonly effect: 'allow' | 'deny' | 'prompt';
  readonly audit: boolean;
  readonly owner: boolean;
  readonly priority: number;
  /** The includes that brought the rule into its profile, outermost first. */
  readonly includedFrom: readonly Location[];
}

/** The answer to a question. */
export interface Decision {
  /**
   * `not-enforced`: the profile doesn't hold the process back here (it is disabled, unconfined, or in complain mode and
   * only an implicit or audited denial stands in the way).
   * `unknown`: the policy that decides could not be read or understood.
   */
  readonly decision: 'allow' | 'deny' | 'not-enforced' | 'unknown';
  /** What the rules alone say, whatever the profile's mode; `unknown` only when `decision` is. */
  readonly verdict: 'allow' | 'deny' | 'unknown';
  /** A rule decides, not the absence of one. */
  readonly explicit: boolean;
  /** An allowed access is logged. */
  readonly audited: boolean;
  /** A denied access is not logged. */
  readonly quiet: boolean;
  /** One plain sentence. */
  readonly reason: string;
  readonly rules: readonly DecidingRule[];
}
