import type { Definition } from './definition.ts';
import type { DomainState } from './domainState.ts';

/** One domain's XML as libvirt, a file or an example gave it. */
export interface DomainDocument {
  kind: 'domain';
  /** Where it came from: a libvirt URI or a file's path. */
  origin: string;
  text: string;
  /** Left out where the XML itself must tell: what runs has an id (formatdomain). */
  definition?: Definition;
  state?: DomainState;
  /** Known beside the XML, so that a document that can't be parsed still has a name. */
  name?: string;
  uuid?: string;
}

/** `virsh capabilities`, `virsh domcapabilities` (libvirt's formatcaps, formatdomaincaps) or `virsh version --daemon`. */
export interface LibvirtDocument {
  kind: 'capabilities' | 'domcapabilities' | 'version';
  origin: string;
  text: string;
}

/** What a running domain's guest agent said when it was asked, as `--probe-agent` does. */
export interface AgentDocument {
  kind: 'agent';
  origin: string;
  /** The domain's. */
  name: string;
  uuid?: string;
  /** JSON: by command, `{"return": …}` as the agent gave it, or `{"error": "…"}` where it gave none, and why. */
  text: string;
}

/** A regular file below the host root. `text` is a byte string: one char is one byte, since policy and paths are bytes. */
export interface FileDocument {
  kind: 'file';
  /** Absolute path on the audited host, whatever root it was read from. */
  origin: string;
  text: string;
  /** As a directory's; left out where nobody asked the file system. */
  mode?: number;
  uid?: number;
  gid?: number;
}

/** A symbolic link; `text` is its target as stored. */
export interface LinkDocument {
  kind: 'link';
  origin: string;
  text: string;
}

/** A directory that was looked at. A path below it without a document of its own does not exist on the host. */
export interface DirectoryDocument {
  kind: 'directory';
  origin: string;
  /** Permission bits, as in stat(2) `st_mode & 07777`. */
  mode: number;
  uid: number;
  gid: number;
}

/** A thing that is there, or may be, and could not be read. `text` says why, and what would help. */
export interface UnreadableDocument {
  kind: 'unreadable';
  origin: string;
  text: string;
  reason: UnreadableReason;
  /** The domain that it would have been. */
  domain?: { name: string; uuid: string; definition: Definition; state?: DomainState };
}

/** Why a domain went unaudited: the label values of `virt_audit_domains_unaudited`. */
export const unreadableReasons = ['timeout', 'denied', 'parse', 'error'] as const;
export type UnreadableReason = (typeof unreadableReasons)[number];

/** Text with its kind and origin. A host, a saved bundle and a rule's example are all just sets of these. */
export type Document =
  | DomainDocument
  | LibvirtDocument
  | AgentDocument
  | FileDocument
  | LinkDocument
  | DirectoryDocument
  | UnreadableDocument;

/** The documents that tell about the host's file system. */
export type HostDocument = FileDocument | LinkDocument | DirectoryDocument | UnreadableDocument;
