import { createEngine, type Engine } from '../engine/createEngine.ts';
import { createDomainParser, type DomainParser } from '../facts/domain/domainParser.ts';
import { createHostMemory, type HostMemory } from '../facts/host/hostMemory.ts';
import { FileCache } from '../sources/hostRoot/fileCache.ts';
import { createLibvirtSession, type LibvirtSession } from '../sources/libvirt/session.ts';

/** Told of everything dear that an audit does; what has not changed since the last audit is not done again. */
export interface AuditObserver {
  /** The XML of one definition of a domain, by the domain's name, is parsed. */
  parsed?(domain: string): void;
  /** A rule judges a subject. */
  judged?(rule: string, target: string): void;
  /** AppArmor's policy is loaded. */
  loaded?(): void;
}

/** What one audit leaves for the next. Bounded: it holds what the last audit saw. */
export interface AuditMemory {
  parser: DomainParser;
  host: HostMemory;
  engine: Engine;
  session: LibvirtSession;
  files: FileCache;
}

/** A memory of no audit yet: with it an audit starts from scratch. */
export const createAuditMemory = ({ parsed, judged, loaded }: AuditObserver = {}): AuditMemory => ({
  parser: createDomainParser((document) => parsed?.('name' in document ? (document.name ?? '') : '')),
  host: createHostMemory(() => loaded?.()),
  engine: createEngine((rule, subject) => judged?.(rule.info.id, subject.target.name)),
  session: createLibvirtSession(),
  files: new FileCache(),
});
