import type { JsonObject } from '../../model/json.ts';
import { resolveReferences } from './references.ts';
import { type ElementShape, elementShape } from './shape.ts';

/** An element's facts while they are gathered; `Json` once they are done. */
type ElementFacts = string | ElementObject;

interface ElementObject {
  [name: string]: ElementFacts | ElementFacts[];
}

interface OpenElement {
  name: string;
  facts: ElementObject;
  shape: ElementShape | undefined;
  /** What the schema says: a string, an object, or, of an element that it does not know, whichever the content asks for. */
  textOnly: boolean | undefined;
  /** Neither attributes nor children until now. */
  plain: boolean;
  text: string;
}

/** Builds the facts of a well-formed document from its tags and text as they come. */
export class ElementBuilder {
  #root = '';
  #document: ElementObject = {};
  readonly #open: OpenElement[] = [];

  /** @param attributes name and raw value, one after the other */
  open(name: string, attributes: readonly string[]): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = name;
    else parent.plain = false;
    const facts: ElementObject = {};
    for (let index = 0; index < attributes.length; index += 2) {
      facts[`@${attributes[index]}`] = attributeValue(attributes[index + 1] ?? '');
    }
    this.#open.push({
      name,
      facts,
      shape: elementShape(this.#root, name),
      // The root is an object in any case.
      textOnly: parent === undefined ? false : textOnlyIn(parent.shape, name),
      plain: attributes.length === 0,
      text: '',
    });
  }

  /** Text between tags, its references checked and not yet resolved. */
  characters(raw: string): void {
    this.cdata(resolveReferences(raw));
  }

  /** Text as it stands. */
  cdata(raw: string): void {
    const element = this.#open.at(-1);
    if (element !== undefined) element.text += lineEnds(raw);
  }

  close(): void {
    const element = this.#open.pop();
    if (element === undefined) return;
    const parent = this.#open.at(-1);
    const repeatable = parent?.shape?.repeatable.has(element.name) ?? false;
    add(parent?.facts ?? this.#document, element.name, factsOf(element), repeatable);
  }

  /** The root's name and facts, once it is closed. */
  finish(): { root: string; document: JsonObject } {
    return { root: this.#root, document: this.#document };
  }
}

const textOnlyIn = (shape: ElementShape | undefined, name: string): boolean | undefined =>
  shape?.children.has(name) ? shape.textOnly.has(name) : undefined;

/** Attributes and children are never lost, so an element that has some is always an object. */
const factsOf = ({ plain, textOnly, text, facts }: OpenElement): ElementFacts => {
  if (plain && textOnly !== false) return text;
  if (/[^ \t\r\n]/.test(text)) facts['#text'] = text;
  return facts;
};

/** XML 1.0, section 2.11. */
const lineEnds = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

/** A literal tab or line end in an attribute is a space, a reference to one is not (XML 1.0, section 3.3.3). */
const attributeValue = (raw: string): string =>
  resolveReferences(/[\t\r\n]/.test(raw) ? lineEnds(raw).replace(/[\t\n]/g, ' ') : raw);

/** Adds a child element. One that occurs again is an array even where the schema lets it occur only once: nothing gets lost. */
const add = (facts: ElementObject, name: string, value: ElementFacts, repeatable: boolean): void => {
  const before = Object.hasOwn(facts, name) ? facts[name] : undefined;
  if (Array.isArray(before)) before.push(value);
  else if (before !== undefined) define(facts, name, [before, value]);
  else define(facts, name, repeatable ? [value] : value);
};

/** Assigning to `__proto__` would replace the prototype instead. */
const define = (facts: ElementObject, name: string, value: ElementFacts | ElementFacts[]): void => {
  if (name !== '__proto__') facts[name] = value;
  else Object.defineProperty(facts, name, { value, enumerable: true, configurable: true, writable: true });
};
