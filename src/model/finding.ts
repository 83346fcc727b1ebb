import type { Definition } from './definition.ts';
import type { Json } from './json.ts';
import type { Severity } from './severity.ts';
import type { Target } from './subject.ts';
import type { Waiver } from './waiver.ts';

/** One place that is not as the rule wants it. */
export interface Violation {
  /** JSON pointer (RFC 6901) into the subject's facts. */
  at: string;
  /** What was expected there. */
  message: string;
  /** What is there; absent when nothing is. */
  actual?: Json;
}

interface Judged {
  rule: string;
  severity: Severity;
  target: Target;
  definition?: Definition;
}

/** One rule's outcome on one subject. `reason` on a failure adds what the violations can't say. */
export type Finding = Judged &
  (
    | { outcome: 'pass' | 'notapplicable' }
    | { outcome: 'fail'; violations: readonly Violation[]; reason?: string; waiver?: Waiver }
    | { outcome: 'error'; reason: string }
  );
