/** What became of one rule on one subject: XCCDF 1.2 (NIST IR 7275r4, table 26), the results that can arise here. */
export const outcomes = ['pass', 'fail', 'error', 'notapplicable'] as const;

export type Outcome = (typeof outcomes)[number];
