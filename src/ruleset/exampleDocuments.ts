import { toBytes } from '../model/bytes.ts';
import type { Document } from '../model/document.ts';
import type { JsonObject } from '../model/json.ts';

const isActive = (xml: string): boolean => /<domain\b[^>]*\sid=/.test(xml);

const documentOf = (short: JsonObject): Document => {
  const origin = 'example';
  if ('domain' in short) {
    const text = String(short.domain);
    const definition = (short.definition ?? (isActive(text) ? 'live' : 'config')) as 'live' | 'config';
    const state = (short.state ?? (definition === 'live' ? 'running' : 'shutoff')) as 'running';
    return { kind: 'domain', origin, text, definition, state };
  }
  if ('capabilities' in short) return { kind: 'capabilities', origin, text: String(short.capabilities) };
  if ('domcapabilities' in short) return { kind: 'domcapabilities', origin, text: String(short.domcapabilities) };
  if ('version' in short) return { kind: 'version', origin, text: String(short.version) };
  if ('agent' in short) {
    return { kind: 'agent', origin, name: String(short.agent), text: JSON.stringify(short.answers ?? {}) };
  }
  if ('file' in short) {
    const { mode, uid = 0, gid = 0 } = short;
    return {
      kind: 'file',
      origin: String(short.file),
      text: toBytes(String(short.text ?? '')),
      ...(mode === undefined ? {} : { mode: Number.parseInt(String(mode), 8), uid: Number(uid), gid: Number(gid) }),
    };
  }
  if ('link' in short) return { kind: 'link', origin: String(short.link), text: String(short.to ?? '') };
  if ('directory' in short) {
    const { mode = '755', uid = 0, gid = 0 } = short;
    return {
      kind: 'directory',
      origin: String(short.directory),
      mode: Number.parseInt(String(mode), 8),
      uid: Number(uid),
      gid: Number(gid),
    };
  }
  return {
    kind: 'unreadable',
    origin: String(short.unreadable),
    text: String(short.reason ?? 'unreadable'),
    reason: 'denied',
  };
};

/** The documents of a rule's example, from their short form (rules/schema.json, `document`). */
export const exampleDocuments = (documents: readonly JsonObject[]): Document[] => documents.map(documentOf);
