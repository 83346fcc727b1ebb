import { InUse } from '../../model/inUse.ts';
import type { JsonObject } from '../../model/json.ts';
import { bareElements } from './bareElements.ts';
import { addChild, childFacts, type ElementFacts, type ElementObject, elementFacts } from './elementFacts.ts';
import { mayRenamePrefixes } from './namespaces.ts';
import { maxDepth } from './openElements.ts';
import { elementName, type OrderedNode, readOrdered } from './orderedReader.ts';
import { maxXmlLength, type ParsedXml, parseXml } from './parseXml.ts';
import { type PlainLine, plainLine } from './plainLine.ts';
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

/** What is written on a line of libvirt's layout, as far as XML goes. */
type Tag = { kind: 'start' | 'element'; node: OrderedNode } | { kind: 'end'; name: string };

/** The same with what it comes to. */
type Line =
  | { kind: 'start'; id: number; name: string; attributes: ElementObject }
  | { kind: 'end'; name: string }
  /** What its facts are depends on the element that it is in. */
  | { kind: 'element'; node: OrderedNode; inParent: { parent: string; element: Element }[] };

const endTag = /^<\/([^\s<>/]+)>$/;
const startTag = /^<([^\s<>/!?]+)(?: [^<>]*)?(?<!\/)>$/;
const element = /^<[^/!?]/;

/** The lines that are not empty, without the spaces before them. */
const linesOf = (text: string): string[] => {
  const found = text.split(/\n[ \n]*/);
  if (found.at(-1) === '') found.pop();
  return found;
};

/** A line as a document of its own; undefined for an end tag. @throws {XmlMistake} when it is no line of that layout */
const documentOf = (line: string): string | undefined => {
  if (endTag.test(line)) return undefined;
  if (!element.test(line)) throw new XmlMistake('neither a tag nor an element', 0);
  const started = startTag.exec(line)?.[1];
  return bareElements(started === undefined ? line : `${line}</${started}>`, maxDepth / 2).elements;
};

/** What is on lines of which nothing is known yet. @throws {XmlMistake} */
const readLines = (lines: readonly string[]): Tag[] => {
  // Each is well-formed, so they are so together; and fast-xml-parser takes part of its time for each document.
  const documents = lines.map(documentOf);
  const [wrapper] = readOrdered(`<${root}>${documents.join('')}</${root}>`);
  const nodes = wrapper === undefined ? [] : [...elementName(wrapper).nodes];
  // A space before a comment is text: with it, what follows would be taken for another line's.
  if (nodes.length !== documents.filter((each) => each !== undefined).length) {
    throw new XmlMistake('more on a line than an element', 0);
  }
  return lines.map((line, index): Tag => {
    const node = documents[index] === undefined ? undefined : nodes.shift();
    if (node === undefined) return { kind: 'end', name: endTag.exec(line)?.[1] ?? '' };
    return { kind: startTag.test(line) ? 'start' : 'element', node };
  });
};

/** The node of a line's markup with what this line has in it. */
const filled = (markup: OrderedNode, { values, text }: PlainLine): OrderedNode => {
  const node: Record<string, OrderedNode[string]> = {};
  for (const key in markup) {
    const part = markup[key] as OrderedNode[string];
    if (key !== ':@') node[key] = text === undefined ? part : [{ '#text': text }];
    else {
      const attributes: Record<string, string> = {};
      for (const [index, name] of Object.keys(part).entries()) attributes[name] = values[index] ?? '';
      node[key] = attributes;
    }
  }
  return node;
};

/** An element whose end has not come yet. */
interface Open {
  id: number;
  name: string;
  attributes: ElementObject;
  children: Element[];
  /** Of the children: with its own, what its facts depend on. */
  ids: number[];
}

const opened = ({ id, name, attributes }: Line & { kind: 'start' }): Open => ({
  id,
  name,
  attributes,
  children: [],
  ids: [],
});

const add = ({ children, ids }: Open, child: Element): void => {
  children.push(child);
  ids.push(child.id);
};

/**
 * A parser that has seen nothing yet. Of a thousand domains that one libvirt wrote, nine lines of ten are the same, and the
 * others differ in a value: each kind of line is parsed once, and what lines make up, such as controllers, features and the
 * clock, takes memory once. It remembers one round.
 */
export const createSharingParser = (): SharingParser => {
  const lines = new InUse<Line>();
  const tags = new InUse<Tag>();
  const elements = new InUse<Element>();
  let last = 0;
  const nextId = (): number => {
    last += 1;
    return last;
  };

  const factsOf = ({ name, attributes, children }: Open): ElementObject => {
    const facts = { ...attributes };
    for (let index = 0; index < children.length; index++) {
      const child = children[index] as Element;
      addChild(facts, root, name, child.name, child.facts);
    }
    return facts;
  };

  /** @throws {XmlMistake} */
  const learn = (texts: readonly string[]): void => {
    const plain = texts.map(plainLine);
    const markups = texts.map((text, index) => plain[index]?.markup ?? text);
    const unread = markups.filter((markup) => tags.find(markup) === undefined);
    if (unread.length > 0) {
      const distinct = [...new Set(unread)];
      for (const [index, tag] of readLines(distinct).entries()) tags.keep(distinct[index] ?? '', tag);
    }
    for (let index = 0; index < texts.length; index++) {
      lines.keep(texts[index] ?? '', lineOf(tags.find(markups[index] ?? '') as Tag, plain[index]));
    }
  };

  const lineOf = (tag: Tag, plain: PlainLine | undefined): Line => {
    if (tag.kind === 'end') return tag;
    const node = plain === undefined ? tag.node : filled(tag.node, plain);
    if (tag.kind === 'element') return { kind: 'element', node, inParent: [] };
    const attributes = elementFacts(node, root, false) as ElementObject;
    return { kind: 'start', id: nextId(), name: elementName(node).name, attributes };
  };

  const known = (texts: readonly string[]): Line[] => {
    const found: Line[] = [];
    const missing: number[] = [];
    for (let index = 0; index < texts.length; index++) {
      const line = lines.find(texts[index] as string);
      if (line === undefined) missing.push(index);
      found.push(line as Line);
    }
    if (missing.length === 0) return found;
    learn(missing.map((index) => texts[index] ?? ''));
    for (const index of missing) found[index] = lines.find(texts[index] ?? '') as Line;
    return found;
  };

  const whole = ({ node, inParent }: Line & { kind: 'element' }, parent: string): Element => {
    for (const before of inParent) if (before.parent === parent) return before.element;
    const made = { id: nextId(), name: elementName(node).name, facts: childFacts(node, root, parent) };
    inParent.push({ parent, element: made });
    return made;
  };

  const ended = (open: Open): Element => {
    const key = `${open.id} ${open.ids.join()}`;
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
    let parent = opened(first);
    const around: Open[] = [];
    // By number: this is what an audit's first round spends its time in before V8 optimises any of it.
    for (let index = 1; index < all.length; index++) {
      const line = all[index] as Line;
      if (line.kind === 'element') add(parent, whole(line, parent.name));
      else if (line.kind === 'start') {
        if (around.length === maxDepth / 2) return undefined;
        around.push(parent);
        parent = opened(line);
      } else {
        // Without children, the line's end between its tags would be its text.
        if (parent.name !== line.name || parent.children.length === 0) return undefined;
        const outer = around.pop();
        if (outer === undefined) return index === all.length - 1 ? (factsOf(parent) as JsonObject) : undefined;
        add(outer, ended(parent));
        parent = outer;
      }
    }
    return undefined;
  };

  const parseLines = (text: string): ParsedXml | undefined => {
    // What a line's names stand for may be said on another line.
    if (text.length > maxXmlLength || mayRenamePrefixes(text)) return undefined;
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
      tags.endRound();
      elements.endRound();
    },
  };
};
