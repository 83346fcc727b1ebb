import type { Definition } from '../../model/definition.ts';
import type { Document, UnreadableReason } from '../../model/document.ts';
import type { DomainState } from '../../model/domainState.ts';
import { messageOf } from './connect.ts';
import { type Deadline, DeadlineError } from './deadline.ts';
import { xmlFlag } from './flags.ts';
import type { ListedDomain } from './listDomains.ts';

/** libvirt's VIR_ERR_NO_DOMAIN: it was there when listed and is not any more, which is no fault of anything. */
const isGone = (message: string): boolean => message.startsWith('Domain not found');

/** Only the root element of an active domain's XML has an id (libvirt's formatdomain). */
const isActive = (xml: string): boolean => /^\s*<domain\b[^>]*\sid=/.test(xml);

/** A document of one definition. Its name and uuid stand beside the XML, in case that can't be parsed. */
const documentOf = (text: string, definition: Definition, known: { origin: string; state: DomainState }): Document => {
  const name = /<name>([^<]+)<\/name>/.exec(text)?.[1];
  const uuid = /<uuid>([^<]+)<\/uuid>/.exec(text)?.[1];
  return {
    kind: 'domain',
    text,
    definition,
    ...known,
    ...(name === undefined ? {} : { name }),
    ...(uuid === undefined ? {} : { uuid }),
  };
};

/** Why a domain could not be read, for operators and for metrics. */
const failure = (error: unknown, deadline: Deadline): { text: string; reason: UnreadableReason } => {
  if (error instanceof DeadlineError) {
    return { text: `libvirt did not answer within ${deadline.milliseconds / 1000} s`, reason: 'timeout' };
  }
  const text = messageOf(error);
  return { text, reason: /permission|denied|authentication/i.test(text) ? 'denied' : 'error' };
};

/**
 * The definitions of one domain as documents: live and config where it runs and is persistent, else the one that it
 * has. A domain that vanished gives none; one that can't be read gives an unreadable document.
 */
export const readDomain = async (listed: ListedDomain, origin: string, deadline: Deadline): Promise<Document[]> => {
  const { domain, transient, state } = listed;
  const documents: Document[] = [];
  const name = () => domain.getName().catch(() => 'unknown');
  let definition: Definition = 'config';
  try {
    const current = await deadline.wait(domain.getXMLDesc(xmlFlag.none));
    definition = isActive(current) ? 'live' : 'config';
    const known = { origin, state: state ?? (definition === 'live' ? ('running' as const) : ('shutoff' as const)) };
    documents.push(documentOf(current, definition, known));
    if (definition === 'live' && !transient) {
      definition = 'config';
      const text = await deadline.wait(domain.getXMLDesc(xmlFlag.inactive));
      documents.push(documentOf(text, definition, known));
    }
  } catch (error) {
    const { text, reason } = failure(error, deadline);
    if (isGone(text)) return [];
    // The name and uuid are the client's own copy: no call to the daemon, so these answer even when it hangs. They do
    // need a thread, which calls that hang may occupy.
    const named = Promise.all([name(), domain.getUUIDString().catch(() => '')]);
    const [called, uuid] = await Promise.race([named, soon()]);
    documents.push({
      kind: 'unreadable',
      origin,
      text,
      reason,
      domain: { name: called, uuid, definition, ...(state === undefined ? {} : { state }) },
    });
  }
  return documents;
};

const soon = (): Promise<[string, string]> =>
  new Promise((resolve) => setTimeout(resolve, 100, ['unknown', '']).unref());
