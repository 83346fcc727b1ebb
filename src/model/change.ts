import type { Violation } from './finding.ts';
import type { Severity } from './severity.ts';
import type { Target } from './subject.ts';

/**
 * What became of one failing place, or of one finding that could not be judged, from one report to a later one:
 * - `new`: it was not there before;
 * - `fixed`: the later report judged the same and found nothing;
 * - `changed`: it is there in both, with another value, severity, waiver or outcome;
 * - `unchanged`;
 * - `gone`: the later report does not speak of it, since the domain or the rule is not in it. That is no mending.
 */
export const changeKinds = ['new', 'changed', 'fixed', 'gone', 'unchanged'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One failing place of one report. */
export interface Place {
  rule: string;
  severity: Severity;
  target: Target;
  definition?: string;
  outcome: 'fail' | 'error';
  /** JSON pointer of the violation; empty for what could not be judged. */
  at: string;
  message: string;
  actual?: Violation['actual'];
  waived: boolean;
}

/** One difference, or the lack of one. */
export interface Change {
  kind: ChangeKind;
  before?: Place;
  after?: Place;
}
