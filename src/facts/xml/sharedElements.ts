import { InUse } from '../../model/inUse.ts';
import type { JsonObject } from '../../model/json.ts';
import { bareElements } from './bareElements.ts';
import { addChild, childFacts, type ElementFacts, type ElementObject, elementFacts } from './elementFacts.ts';
import { maxDepth } from './openElements.ts';
import { elementName, type OrderedNode, readOrdered } from './orderedReader.ts';
import { maxXmlLength, type ParsedXml, parseXml } from './parseXml.ts';
import { XmlMistake } from './xmlMistake.ts';

/** Parses domains' XML as `parseXml` does. Elements of the same text are the very same object, whosever they are. */
export interface SharingParser {
  parse(text: string): ParsedXml;
  /** What was not seen since the last call is forgotten. */
  endRound(): void;
}

const root = 'domain';

interface Element {
  id: number;
  name: string;
  facts: ElementFacts;
}

/** What a line of libvirt's layout is, without its indentation: a start tag, an end tag, or an element as a whole. */
type Line =
  | { kind: 'start'; id: number; name: string; attributes: ElementObject }
  | { kind: 'end'; name: string }
  /** What its facts are depends on the element that it is in. */
  | { kind: 'element'; node: OrderedNode; inParent: Map<string, Element> };

const endTag = /^<\/([^\s<>/]+)>$/;
const startTag = /^<([^\s<>/!?]+)(?: [^<>]*)?(?<!\/)>$/;
const element = /^<[^/!?]/;

/** The lines that are not empty, without the spaces before them. */
const linesOf = (text: string): string[] => {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('\n', at);
    const end = next === -1 ? text.length : next;
    while (at < end && text.charCodeAt(at) === 0x20) at += 1;
    if (at < end) found.push(text.slice(at, end));
    at = end + 1;
  }
  return found;
};

/** A line as a document of its own; undefined for an end tag. @throws {XmlMistake} when it is no line of that layout */
const documentOf = (line: string): string | undefined => {
  if (endTag.test(line)) return undefined;
  if (!element.test(line)) throw new XmlMistake('neither a tag nor an element', 0);
  const started = startTag.exec(line)?.[1];
  return bareElements(started === undefined ? line : `${line}</${started}>`, maxDepth / 2).elements;
};

/** What lines are of which nothing is known yet. @throws {XmlMistake} */
const readLines = (lines: readonly string[], nextId: () => number): Line[] => {
  // Each is well-formed, so they are so together; and fast-xml-parser takes part of its time for each document.
  const documents = lines.map(documentOf);
  const [wrapper] = readOrdered(`<${root}>${documents.join('')}</${root}>`);
  const nodes = wrapper === undefined ? [] : [...elementName(wrapper).nodes];
  return lines.map((line, index): Line => {
    const node = documents[index] === undefined ? undefined : nodes.shift();
    if (node === undefined) return { kind: 'end', name: endTag.exec(line)?.[1] ?? '' };
    const { name } = elementName(node);
    return startTag.test(line)
      ? { kind: 'start', id: nextId(), name, attributes: elementFacts(node, root, false) as ElementObject }
      : { kind: 'element', node, inParent: new Map() };
  });
};

/** An element whose end has not come yet. */
interface Open {
  id: number;
  name: string;
  attributes: ElementObject;
  children: Element[];
}

/**
 * A parser that has seen nothing yet. Of a thousand domains that one libvirt wrote, nine lines of ten are the same: each
 * is parsed once, and what they make up, such as controllers, features and the clock, takes memory once. It remembers
 * one round.
 */
export const createSharingParser = (): SharingParser => {
  const lines = new InUse<Line>();
  const elements = new InUse<Element>();
  let last = 0;
  const nextId = (): number => {
    last += 1;
    return last;
  };

  const factsOf = ({ name, attributes, children }: Open): ElementObject => {
    const facts = { ...attributes };
    for (const child of children) addChild(facts, root, name, child.name, child.facts);
    return facts;
  };

  const known = (texts: readonly string[]): Line[] => {
    const found = texts.map((text) => lines.find(text));
    if (!found.includes(undefined)) return found as Line[];
    const unknown = [...new Set(texts.filter((_, index) => found[index] === undefined))];
    for (const [index, line] of readLines(unknown, nextId).entries()) lines.keep(unknown[index] ?? '', line);
    return texts.map((text) => lines.find(text) as Line);
  };

  const whole = ({ node, inParent }: Line & { kind: 'element' }, parent: string): Element => {
    const before = inParent.get(parent);
    if (before !== undefined) return before;
    const made = { id: nextId(), name: elementName(node).name, facts: childFacts(node, root, parent) };
    inParent.set(parent, made);
    return made;
  };

  const ended = (open: Open): Element => {
    let key = String(open.id);
    for (const { id } of open.children) key += ` ${id}`;
    const before = elements.find(key);
    if (before !== undefined) return before;
    const made = { id: nextId(), name: open.name, facts: factsOf(open) };
    elements.keep(key, made);
    return made;
  };

  /** The domain; undefined when the text is not laid out in such lines. @throws {XmlMistake} when it is not, either */
  const domainIn = (text: string): JsonObject | undefined => {
    const all = known(linesOf(text));
    const [first] = all;
    if (first?.kind !== 'start' || first.name !== root) return undefined;
    let parent: Open = { ...first, children: [] };
    const around: Open[] = [];
    // By number: this is what an audit's first round spends its time in before V8 optimises any of it.
    for (let index = 1; index < all.length; index++) {
      const line = all[index] as Line;
      if (line.kind === 'element') parent.children.push(whole(line, parent.name));
      else if (line.kind === 'start') {
        if (around.length === maxDepth / 2) return undefined;
        around.push(parent);
        parent = { ...line, children: [] };
      } else {
        // Without children, the line's end between its tags would be its text.
        if (parent.name !== line.name || parent.children.length === 0) return undefined;
        const outer = around.pop();
        if (outer === undefined) return index === all.length - 1 ? (factsOf(parent) as JsonObject) : undefined;
        outer.children.push(ended(parent));
        parent = outer;
      }
    }
    return undefined;
  };

  const parseLines = (text: string): ParsedXml | undefined => {
    if (text.length > maxXmlLength) return undefined;
    try {
      const domain = domainIn(text);
      return domain && { ok: true, root, document: { [root]: domain } };
    } catch (error) {
      if (error instanceof XmlMistake) return undefined;
      throw error;
    }
  };

  return {
    // What is laid out otherwise is read as a whole; and only the whole text tells what is wrong, and where.
    parse: (text) => parseLines(text) ?? parseXml(text, [root]),
    endRound: () => {
      lines.endRound();
      elements.endRound();
    },
  };
};
