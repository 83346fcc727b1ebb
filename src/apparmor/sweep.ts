import type { Access } from './access.ts';
import type { Decision } from './decision.ts';

/** Does a profile allow something on every path that a pattern matches? Texts are byte strings. */
export interface SetQuestion {
  readonly profile: string;
  /** As in a file rule, without variables (apparmor.d(5), "Globbing"). */
  readonly pattern: string;
  readonly access: Access;
  readonly owner: boolean;
}

/** The answer about a set of paths. */
export type Sweep =
  | { readonly holds: true }
  /** A shortest path of the set on which it does not hold, and what was decided about it. */
  | { readonly holds: false; readonly path: string; readonly decision: Decision }
  | { readonly holds: 'unknown'; readonly reason: string };

/** Whether anything in a set of paths is allowed. */
export type Reach =
  | { readonly reached: false }
  /** A shortest path of the set that is allowed, and what was decided about it. */
  | { readonly reached: true; readonly path: string; readonly decision: Decision }
  | { readonly reached: 'unknown'; readonly reason: string };
