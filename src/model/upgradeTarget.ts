import type { Document } from './document.ts';
import type { SourceResult } from './source.ts';

/** The host that the domains are to run on next, or what this one becomes by an upgrade, as far as it is known. */
export interface UpgradeTarget {
  /** What the operator named it by. */
  name: string;
  /** A bundle collected there, or its capabilities. */
  documents: readonly Document[];
  /** The sources that failed when its bundle was collected: what they would have brought is missing, not absent. */
  failed?: readonly SourceResult[];
  /** Its QEMU's release, where the operator said it: `major.minor`, with or without more. */
  qemu?: string;
}
