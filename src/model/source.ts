import type { Document } from './document.ts';

/** How reading one part of the world went. */
export interface SourceResult {
  /** `libvirt`, `capabilities`, `domcapabilities`, `agents`, `domains`, `apparmor`, `host`: bounded, for a metric's label. */
  name: string;
  ok: boolean;
  seconds: number;
  /** One line: what is wrong and what to do. Only when not ok. */
  reason?: string;
}

/** What the sources brought. */
export interface Evidence {
  documents: readonly Document[];
  sources: readonly SourceResult[];
}

/** The sources that tell which domains there are; `audit` is the whole of one that did not end. */
export const domainSources: readonly string[] = ['libvirt', 'domains', 'audit'];
