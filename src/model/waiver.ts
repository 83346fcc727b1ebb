/** A failing finding that its operator has accepted: by rule and place, with a reason, until a day. */
export interface Waiver {
  rule: string;
  /** Names, uuids or anchored globs (`*`, `?`) of domains; absent for a rule about the host. */
  domains?: readonly string[];
  reason: string;
  /** The last day on which it holds, `YYYY-MM-DD`, in UTC. Absent on a permanent one. */
  expires?: string;
  /** Said out loud in the report. */
  permanent?: true;
  /** Who answers for it, and where it was decided; for people only. */
  owner?: string;
  ticket?: string;
}

/**
 * `unused`: all that it is about was judged, and nothing fails. `unjudged`: some of it could not be judged, or which domains
 * there are is not known. `unmatched`: it is about nothing that is here.
 */
export const waiverStates = ['active', 'unused', 'expired', 'unmatched', 'unjudged'] as const;
export type WaiverState = (typeof waiverStates)[number];

/** A waiver and what became of it in one audit. */
export interface JudgedWaiver extends Waiver {
  state: WaiverState;
  /** How many findings it covers. */
  findings: number;
}
