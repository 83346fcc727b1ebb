/** A line of a policy file, counted from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
}
