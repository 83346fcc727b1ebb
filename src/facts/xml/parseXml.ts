import type { JsonObject } from '../../model/json.ts';
import { bareElements } from './bareElements.ts';
import { elementFacts } from './elementFacts.ts';
import { canonicalPrefixes, mayRenamePrefixes } from './namespaces.ts';
import { elementName, readOrdered } from './orderedReader.ts';
import { textPosition } from './textPosition.ts';
import { XmlMistake } from './xmlMistake.ts';

/** The longest text that is read, in UTF-16 code units: 16 Mi. The XML of a domain has a few thousand. */
export const maxXmlLength = 16 * 1024 * 1024;

/** A document as facts, or why it is none. */
export type ParsedXml = XmlDocument | XmlFailure;

export interface XmlDocument {
  ok: true;
  /** The root element's name. */
  root: string;
  /** `{ [root]: its facts }`. */
  document: JsonObject;
}

export interface XmlFailure {
  ok: false;
  /** One line, made to follow the document's name: "ends inside <disk> of line 12". */
  reason: string;
  /** Counted from 1, the column in UTF-16 code units. */
  line: number;
  column: number;
}

/**
 * Parses an XML document of libvirt's whose root element is one of `roots`. Total: what can't be read completely is a failure, never fewer facts.
 *
 * - An attribute is a string under its name with `@` before it.
 * - A child element is under its name, prefix included (`qemu:commandline`): of libvirt's own namespaces, the prefix that libvirt writes. Where libvirt's RNG schema lets it repeat, always an array.
 * - An element that can hold nothing but text, by the schema, is a string. Every other one is an object, with its text, if any, under `#text`.
 * - Elements that the schema doesn't know, as in `metadata`: an object if it has attributes or children, else a string; an array if there are several.
 * - Text is exact and stays a string: `007`. White space between elements is dropped.
 */
export function parseXml(text: string, roots: readonly string[]): ParsedXml {
  if (text.length > maxXmlLength) {
    return { ok: false, reason: `has ${text.length} characters, more than ${maxXmlLength}`, line: 1, column: 1 };
  }
  try {
    return parse(text, roots);
  } catch (error) {
    if (!(error instanceof XmlMistake)) throw error;
    return { ok: false, reason: error.message, ...textPosition(text, error.offset) };
  }
}

function parse(text: string, roots: readonly string[]): XmlDocument {
  const { rootOffset, elements } = bareElements(text);
  const [read] = readOrdered(elements);
  if (read === undefined) throw new Error('a well-formed document without a root element');
  const node = mayRenamePrefixes(elements) ? canonicalPrefixes(read) : read;
  const { name: root } = elementName(node);
  if (!roots.includes(root))
    throw new XmlMistake(`is <${root}>, expected ${roots.map((name) => `<${name}>`).join(' or ')}`, rootOffset);
  return { ok: true, root, document: { [root]: elementFacts(node, root, false) } };
}
