import type { Document } from './document.ts';
import type { SourceResult } from './source.ts';

/**
 * Everything that one audit read, in one file, so that it can be judged elsewhere and later (docs/bundle.md). A reader
 * refuses a version that it does not know.
 */
export interface Bundle {
  format: 'virt-audit-bundle';
  version: 1;
  /** ISO 8601, UTC, when collecting began. */
  time: string;
  /** The program that collected. */
  program: string;
  sources: readonly SourceResult[];
  documents: readonly Document[];
}
