import type { Document } from '../../../model/document.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { valueAt } from '../../../model/pointer.ts';
import { parsedCapabilities } from './capabilities.ts';

/** What the daemon says of its security drivers, or why that is not known. */
export type Secmodels = { models: readonly string[] } | { unknown: string };

const modelOf = (value: Json): string =>
  typeof value === 'string' ? value : String((value as JsonObject)['#text'] ?? '');

/** A live domain that carries an AppArmor label proves the driver active, even without the daemon's own word. */
const labelled = (domains: readonly JsonObject[]): boolean =>
  domains.some((domain) => {
    const labels = valueAt(domain, '/seclabel');
    return Array.isArray(labels) && labels.some((label) => (label as JsonObject)['@model'] === 'apparmor');
  });

/** `/capabilities/host/secmodel/model` (libvirt's formatcaps). */
export const secmodels = (documents: readonly Document[], live: readonly JsonObject[]): Secmodels => {
  const document = documents.find(({ kind }) => kind === 'capabilities');
  if (document?.kind === 'capabilities') {
    const parsed = parsedCapabilities(document);
    if ('unknown' in parsed) return parsed;
    const found = valueAt(parsed.known, '/host/secmodel');
    const models = Array.isArray(found) ? found : [];
    return { models: models.map((secmodel) => modelOf((secmodel as JsonObject).model ?? '')) };
  }
  return labelled(live)
    ? { models: ['apparmor'] }
    : { unknown: 'the daemon’s capabilities were not read; virsh capabilities tells its security driver' };
};
