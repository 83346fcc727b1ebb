import type { Definition } from '../../model/definition.ts';
import type { Document, UnreadableReason } from '../../model/document.ts';
import type { DomainState } from '../../model/domainState.ts';
import type { JsonObject } from '../../model/json.ts';
import { valueAt } from '../../model/pointer.ts';
import { type ParsedXml, parseXml } from '../xml/parseXml.ts';

/** One definition of a domain: its XML as facts, or why there are none. */
export interface ParsedDomain {
  name: string;
  uuid?: string;
  definition: Definition;
  state: DomainState;
  /** The value of `/domain`; absent when the document could not be read or parsed. */
  domain?: JsonObject;
  problem?: { text: string; reason: UnreadableReason };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A source that knows the definition knows the state or nobody does; a mere file tells both by its id. */
const impliedState = (told: Definition | undefined, definition: Definition): DomainState => {
  if (told !== undefined) return 'other';
  return definition === 'live' ? 'running' : 'shutoff';
};

/** As libvirt itself writes uuids, whatever the case in a file: profiles and processes are named after them. */
const canonicalUuid = (uuid: string | undefined): string | undefined => uuid?.trim().toLowerCase();

/**
 * The domain that a document is about; undefined for documents about something else.
 *
 * @param parse gives the parsed XML, where that is known already
 */
export const parseDomain = (
  document: Document,
  parse: (text: string) => ParsedXml = (text) => parseXml(text, ['domain']),
): ParsedDomain | undefined => {
  if (document.kind === 'unreadable' && document.domain !== undefined) {
    const { name, uuid, definition, state = 'other' } = document.domain;
    const problem = { text: document.text, reason: document.reason };
    return { name, ...(uuid === '' ? {} : { uuid }), definition, state, problem };
  }
  if (document.kind !== 'domain') return undefined;
  const { origin } = document;
  const beside = document.uuid === undefined ? {} : { uuid: document.uuid };
  const parsed = parse(document.text);
  if (!parsed.ok) {
    const at = parsed.line === undefined ? origin : `${origin}:${parsed.line}:${parsed.column ?? 1}`;
    const problem = { text: `${at}: ${parsed.reason}`, reason: 'parse' as const };
    const { definition = 'config', state = 'other' } = document;
    return { name: document.name ?? origin, ...beside, definition, state, problem };
  }
  const domain = valueAt(parsed.document, '/domain') as JsonObject;
  const uuid = canonicalUuid(text(domain.uuid));
  const definition = document.definition ?? ('@id' in domain ? 'live' : 'config');
  const state = document.state ?? impliedState(document.definition, definition);
  return {
    name: text(domain.name) ?? document.name ?? origin,
    ...(uuid === undefined ? beside : { uuid }),
    definition,
    state,
    domain,
  };
};
