import { InUse } from '../../model/inUse.ts';
import type { JsonObject } from '../../model/json.ts';
import { bareElements } from './bareElements.ts';
import { addChild, childFacts, type ElementFacts, type ElementObject } from './elementFacts.ts';
import { elementName, readOrdered } from './orderedReader.ts';
import { maxXmlLength, type ParsedXml, parseXml } from './parseXml.ts';
import { XmlMistake } from './xmlMistake.ts';

/** Parses domains' XML as `parseXml` does. Elements of the same text are the very same object, whosever they are. */
export interface SharingParser {
  parse(text: string): ParsedXml;
  /** What was not seen since the last call is forgotten. */
  endRound(): void;
}

const root = 'domain';
type Parent = 'domain' | 'devices';

/** The text of one child of `<domain>` or of its `<devices>`. */
interface Part {
  parent: Parent;
  text: string;
}

interface Element {
  name: string;
  facts: ElementFacts;
}

/** As libvirt writes it: every child on lines of its own. */
const wholeDomain = /^(<domain(?: [^<>]*)?>)(\n {2}<[\s\S]*)\n<\/domain>\n?$/;
const devicesLine = '\n  <devices';
const wholeDevices = /^<devices>(\n {4}<[\s\S]*)\n {2}<\/devices>$/;

/** The texts that each begin with a tag on a line of this indentation. Comments and text may look so, too. */
const children = (text: string, indentation: string): string[] => {
  const start = `\n${indentation}<`;
  const found: string[] = [];
  let from = start.length - 1;
  for (let at = text.indexOf(start, from); at !== -1; at = text.indexOf(start, at + 1)) {
    const endsWhatBegan = text.charCodeAt(at + start.length) === 0x2f; /* / */
    if (endsWhatBegan) continue;
    found.push(text.slice(from, at));
    from = at + start.length - 1;
  }
  return [...found, text.slice(from)];
};

const partsOf = (content: string): Part[] =>
  children(content, '  ').flatMap((text): Part[] => {
    const inner = wholeDevices.exec(text)?.[1];
    return inner === undefined
      ? [{ parent: root, text }]
      : children(inner, '    ').map((device): Part => ({ parent: 'devices', text: device }));
  });

/** Each part on its own must be one element, and nothing else. @throws {XmlMistake} */
const parseParts = (parts: readonly Part[]): Element[] => {
  const bare = parts.map(({ parent, text }) => {
    if (/^<[?!]/.test(text)) throw new XmlMistake('no element', 0);
    return bareElements(text, parent === root ? 1 : 2).elements;
  });
  // At once: fast-xml-parser's time is in part for each document.
  const [wrapper] = readOrdered(`<${root}>${bare.join('')}</${root}>`);
  if (wrapper === undefined) throw new Error('a well-formed document without a root element');
  return elementName(wrapper).nodes.map((node, index) => ({
    name: elementName(node).name,
    facts: childFacts(node, root, parts[index]?.parent ?? root),
  }));
};

const assembled = (attributes: JsonObject, parts: readonly Part[], elements: readonly Element[]): JsonObject => {
  const facts = { ...attributes } as ElementObject;
  let devices: ElementObject = {};
  for (const [index, { name, facts: value }] of elements.entries()) {
    const parent = parts[index]?.parent ?? root;
    if (parent === root) addChild(facts, root, root, name, value);
    else {
      if (parts[index - 1]?.parent !== parent) {
        devices = {};
        addChild(facts, root, root, parent, devices);
      }
      addChild(devices, root, parent, name, value);
    }
  }
  return facts as JsonObject;
};

/**
 * A parser that has seen nothing yet. Most elements of a thousand domains, such as controllers, features and the clock,
 * have the same text: these are parsed once and take memory once. It remembers one round.
 */
export const createSharingParser = (): SharingParser => {
  const known: Record<Parent, InUse<Element>> = { domain: new InUse(), devices: new InUse() };
  const starts = new InUse<ParsedXml>();

  const elementsOf = (parts: readonly Part[]): Element[] => {
    const unknown = parts.filter(({ parent, text }) => !known[parent].has(text));
    const parsed = unknown.length === 0 ? [] : parseParts(unknown);
    for (const [index, { parent, text }] of unknown.entries()) known[parent].get(text, () => parsed[index] as Element);
    return parts.map(({ parent, text }) => known[parent].get(text, (before) => before as Element));
  };

  const parseInParts = (text: string): ParsedXml | undefined => {
    const [, start, content] = wholeDomain.exec(text) ?? [];
    if (start === undefined || content === undefined || text.length > maxXmlLength) return undefined;
    // Two of them would be a list.
    if (content.indexOf(devicesLine) !== content.lastIndexOf(devicesLine)) return undefined;
    const empty = starts.get(start, (before) => before ?? parseXml(`${start}</${root}>`, [root]));
    if (!empty.ok) return undefined;
    const parts = partsOf(content);
    try {
      const domain = assembled(empty.document[root] as JsonObject, parts, elementsOf(parts));
      return { ok: true, root, document: { [root]: domain } };
    } catch (error) {
      if (error instanceof XmlMistake) return undefined;
      throw error;
    }
  };

  return {
    // What libvirt would lay out otherwise is read as a whole; and only the whole text tells what is wrong, and where.
    parse: (text) => parseInParts(text) ?? parseXml(text, [root]),
    endRound: () => {
      for (const memory of [known.domain, known.devices, starts]) memory.endRound();
    },
  };
};
