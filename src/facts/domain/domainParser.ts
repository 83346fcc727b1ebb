import type { Document } from '../../model/document.ts';
import { InUse } from '../../model/inUse.ts';
import type { ParsedXml } from '../xml/parseXml.ts';
import { createSharingParser } from '../xml/sharedElements.ts';
import { type ParsedDomain, parseDomain } from './parsedDomain.ts';

/** Parses definitions of domains as they come; one whose text is that of the last round is not parsed again. */
export interface DomainParser {
  /**
   * The domain that a document is about. Both are the very same as in the last round where nothing has changed: the text
   * is then kept once.
   */
  parse(document: Document): { document: Document; parsed: ParsedDomain | undefined };
  /** What was not seen since the last call is forgotten. */
  endRound(): void;
}

/** A document, what its text came to, and the domain. */
interface Known {
  document: Document;
  xml?: ParsedXml;
  parsed: ParsedDomain | undefined;
}

const identity = (document: Document): string => {
  if (document.kind === 'domain') {
    const { origin, definition = '', uuid = '', name = '' } = document;
    return `${origin}\n${definition}\n${uuid}\n${name}`;
  }
  return `${document.kind}\n${document.origin}`;
};

/** Only domains' XML is worth remembering; the rest costs nothing to look at. */
const isSame = (a: Document, b: Document): boolean =>
  a.kind === 'domain' &&
  b.kind === 'domain' &&
  a.text === b.text &&
  a.origin === b.origin &&
  a.definition === b.definition &&
  a.state === b.state &&
  a.name === b.name &&
  a.uuid === b.uuid;

/**
 * A parser that knows nothing yet. It remembers one round.
 *
 * @param onParse is told each time that XML is parsed
 */
export const createDomainParser = (onParse: (document: Document) => void = () => {}): DomainParser => {
  const known = new InUse<Known>();
  const elements = createSharingParser();
  return {
    parse: (document) => {
      if (document.kind !== 'domain') return { document, parsed: parseDomain(document) };
      return known.get(known.unused(identity(document)), (last) => {
        if (last !== undefined && isSame(last.document, document)) return last;
        let xml = last?.document.kind === 'domain' && last.document.text === document.text ? last.xml : undefined;
        const parse = (text: string): ParsedXml => {
          if (xml === undefined) onParse(document);
          xml ??= elements.parse(text);
          return xml;
        };
        const fresh = parseDomain(document, parse);
        return { document, parsed: fresh, ...(xml === undefined ? {} : { xml }) };
      });
    },
    endRound: () => {
      known.endRound();
      elements.endRound();
    },
  };
};
