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

/** Why sources failed, each reason once: a daemon that is not there keeps several from being read. */
export const failedSources = (sources: readonly SourceResult[]): { names: string[]; reason: string }[] => {
  const names = new Map<string, string[]>();
  for (const { name, ok, reason = '' } of sources) {
    if (!ok) names.set(reason, [...(names.get(reason) ?? []), name]);
  }
  return [...names].map(([reason, those]) => ({ names: those, reason }));
};

/** The sources that tell which domains there are; `audit` is the whole of one that did not end. */
export const domainSources: readonly string[] = ['libvirt', 'domains', 'audit'];
