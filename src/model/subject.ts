import type { Definition } from './definition.ts';
import type { UnreadableReason } from './document.ts';
import type { DomainState } from './domainState.ts';
import type { JsonObject } from './json.ts';

export const targetKinds = ['domain', 'host'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** What a finding is about. */
export interface Target {
  kind: TargetKind;
  name: string;
  uuid?: string;
}

/** A place in the facts whose value could not be learnt. A rule that depends on it is an `error`. */
export interface Unknown {
  /** JSON pointer (RFC 6901) into the facts; the empty pointer means all of them. */
  at: string;
  reason: string;
}

/** Something that rules judge: one definition of a domain, or the host. */
export interface Subject {
  target: Target;
  definition?: Definition;
  state?: DomainState;
  facts: JsonObject;
  unknown: readonly Unknown[];
  /** Set when nothing at all is known of it. */
  unaudited?: UnreadableReason;
}
