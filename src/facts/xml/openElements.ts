import { name, space } from './grammar.ts';
import { textPosition } from './textPosition.ts';
import { XmlMistake } from './xmlMistake.ts';

/** How deep elements may nest: libxml2's own limit (xmlParserMaxDepth), so that what libvirt reads can be read here. */
export const maxDepth = 256;

const closeTag = new RegExp(`</(${name})${space}*>`, 'y');

/** The elements that are open at one point of a document, and so whether its tags match (XML 1.0, "Element Type Match"). */
export class OpenElements {
  readonly #text: string;
  readonly #outside: number;
  readonly #names: string[] = [];
  readonly #starts: number[] = [];
  #root: { name: string; at: number } | undefined;

  /** @param outside how many elements are open around the text */
  constructor(text: string, outside: number) {
    this.#text = text;
    this.#outside = outside;
  }

  get depth(): number {
    return this.#names.length;
  }

  /** Opens an element; `empty` closes it at once. */
  open(element: string, at: number, empty: boolean): void {
    if (this.depth === 0) {
      if (this.#root !== undefined)
        throw new XmlMistake(`a second root element, <${element}>, follows <${this.#root.name}>`, at);
      this.#root = { name: element, at };
    }
    if (this.#outside + this.depth === maxDepth)
      throw new XmlMistake(`elements are nested deeper than ${maxDepth}`, at);
    if (empty) return;
    this.#names.push(element);
    this.#starts.push(at);
  }

  /** Reads the end tag at an offset and returns the offset behind it. */
  close(at: number): number {
    closeTag.lastIndex = at;
    const element = closeTag.exec(this.#text)?.[1];
    if (element === undefined) {
      const cut = this.#text.indexOf('>', at) === -1;
      throw cut
        ? new XmlMistake(`ends inside an end tag`, this.#text.length)
        : new XmlMistake('"</" starts no end tag', at);
    }
    const open = this.#names.pop();
    const start = this.#starts.pop();
    if (open === undefined || start === undefined) throw new XmlMistake(`</${element}> closes nothing`, at);
    if (open !== element)
      throw new XmlMistake(`</${element}> where ${this.#describe(open, start)} should be closed`, at);
    return closeTag.lastIndex;
  }

  /** The end of the text: everything must be closed, and there must have been something. Returns where the root element starts. */
  finish(): number {
    const open = this.#names.at(-1);
    const start = this.#starts.at(-1);
    const end = this.#text.length;
    if (open !== undefined && start !== undefined) {
      throw new XmlMistake(`ends inside ${this.#describe(open, start)}`, end);
    }
    if (this.#root === undefined) throw new XmlMistake(end === 0 ? 'is empty' : 'contains no element', end);
    return this.#root.at;
  }

  #describe(element: string, start: number): string {
    return `<${element}> of line ${textPosition(this.#text, start).line}`;
  }
}
