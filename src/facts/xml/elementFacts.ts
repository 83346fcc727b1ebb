import { elementName, type OrderedNode, type OrderedNodes } from './orderedReader.ts';
import { resolveReferences } from './references.ts';
import { elementShape, isRepeatable } from './shape.ts';

/** An element's facts while they are gathered; `Json` once they are done. */
export type ElementFacts = string | ElementObject;

export interface ElementObject {
  [name: string]: ElementFacts | ElementFacts[];
}

/**
 * The facts of one element of a document with this root.
 *
 * `textOnly` is what the schema says of it: true makes a string, false an object, undefined (an element that the schema doesn't know)
 * whichever its content asks for. Attributes and children are never lost, so an element that has some is always an object.
 */
export function elementFacts(node: OrderedNode, root: string, textOnly: boolean | undefined): ElementFacts {
  const element = elementName(node);
  const attributes = node[':@'] as Record<string, string> | undefined;
  const facts: ElementObject = {};
  for (const name in attributes) facts[name] = attributeValue(attributes[name] ?? '');
  let plain = attributes === undefined;
  let text = '';
  for (const child of element.nodes) {
    const piece = textOf(child);
    if (piece !== undefined) {
      text += piece;
      continue;
    }
    plain = false;
    const { name } = elementName(child);
    addChild(facts, root, element.name, name, childFacts(child, root, element.name));
  }
  if (plain && textOnly !== false) return text;
  if (/[^ \t\r\n]/.test(text)) facts['#text'] = text;
  return facts;
}

/** The text of a node that is no element: CDATA as it stands, other text with its references resolved. */
function textOf(node: OrderedNode): string | undefined {
  const text = node['#text'];
  if (typeof text === 'string') return resolveReferences(text);
  const section = node['#cdata'];
  if (section === undefined) return undefined;
  return (section as OrderedNodes).map((inner) => inner['#text']).join('');
}

/** A literal tab or line end in an attribute is a space, a reference to one is not (XML 1.0, section 3.3.3). */
function attributeValue(raw: string): string {
  return resolveReferences(/[\t\n]/.test(raw) ? raw.replace(/[\t\n]/g, ' ') : raw);
}

/** The facts of an element that is a child of a `parent`. */
export function childFacts(node: OrderedNode, root: string, parent: string): ElementFacts {
  const { name } = elementName(node);
  const shape = elementShape(root, parent);
  return elementFacts(node, root, shape?.children.has(name) ? shape.textOnly.has(name) : undefined);
}

/**
 * Adds a child element to the facts of a `parent`. One that occurs again is an array even where the schema lets it occur
 * only once: nothing gets lost.
 */
export function addChild(facts: ElementObject, root: string, parent: string, name: string, value: ElementFacts): void {
  const before = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (Array.isArray(before)) before.push(value);
  else if (before !== undefined) define(facts, name, [before, value]);
  else define(facts, name, isRepeatable(root, parent, name) ? [value] : value);
}

/** Assigning to `__proto__` would replace the prototype instead. */
function define(facts: ElementObject, name: string, value: ElementFacts | ElementFacts[]): void {
  if (name !== '__proto__') facts[name] = value;
  else Object.defineProperty(facts, name, { value, enumerable: true, configurable: true, writable: true });
}
