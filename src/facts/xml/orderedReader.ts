import { XMLParser } from 'fast-xml-parser';
import { maxDepth } from './openElements.ts';

/** What fast-xml-parser makes of an element's content, in document order. */
export type OrderedNodes = readonly OrderedNode[];

/** One of: `{ [element]: its nodes, ':@': its attributes }`, `{ '#text': … }`, `{ '#cdata': [{ '#text': … }] }`. */
export type OrderedNode = Readonly<Record<string, OrderedNodes | Record<string, string> | string>>;

/** Names that fast-xml-parser refuses. A space before them, which no XML name can hold, gets them through. */
const reserved: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The one configuration of fast-xml-parser in the product. Nothing is guessed, trimmed, renamed or converted. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  cdataPropName: '#cdata',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // References are resolved later: within limits of its own, and not by number, is how this parser would do it.
  processEntities: false,
  maxNestedTags: maxDepth,
  transformTagName: (name) => (reserved.has(name) ? ` ${name}` : name),
  onDangerousProperty: (name) => name,
  jPath: false,
});

/** Reads what `bareElements` returned. */
export function readOrdered(bareText: string): OrderedNodes {
  return parser.parse(bareText) as OrderedNodes;
}

/** An element's name as the document has it, and its content. */
export function elementName(node: OrderedNode): { name: string; nodes: OrderedNodes } {
  for (const key in node) {
    const nodes = node[key];
    if (key !== ':@' && Array.isArray(nodes)) return { name: key.trimStart(), nodes };
  }
  throw new Error('a node that is neither text nor element');
}
