import type { Location } from './location.ts';

/** A change to one file of the policy. */
export interface PolicyChange extends Location {
  /** `remove`: the rule at the line; `add`: a line at the end of the file, or, with a line, after it. */
  readonly change: 'add' | 'remove';
  readonly text: string;
}

/** The local change that makes a profile allow what it denies, proven by deciding anew with the changed policy. */
export interface Override {
  readonly changes: readonly PolicyChange[];
  /** The policy file to load again. */
  readonly policyFile: string;
}
