/** A place in the policy that was not understood, or that apparmor_parser rejects. */
export interface Problem {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The offending text, shortened. */
  readonly text: string;
  readonly message: string;
  /**
   * `file`: apparmor_parser loads nothing of the policy file, so no decision about any of its profiles holds.
   * `profile`: a syntax this evaluator does not know; no decision about the profile that holds it can be trusted.
   */
  readonly scope: 'file' | 'profile';
}
