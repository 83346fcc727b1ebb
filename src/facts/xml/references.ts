import { notChar } from './grammar.ts';
import { XmlMistake } from './xmlMistake.ts';

const predefined: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const reference = /&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([-\w.:]+));/g;
const referenceHere = new RegExp(reference, 'y');
const illegal = new RegExp(notChar);

/** The character that a reference stands for (XML 1.0, sections 4.1 and 4.6); undefined when it stands for none. */
function character(hex: string | undefined, decimal: string | undefined, name: string | undefined): string | undefined {
  if (name !== undefined) return predefined.get(name);
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (code > 0x10ffff) return undefined;
  const char = String.fromCodePoint(code);
  return illegal.test(char) ? undefined : char;
}

/**
 * Checks every `&` between two offsets. Only the five predefined entities and characters' numbers exist, since there is no DTD.
 * @throws {XmlMistake} at the first other one.
 */
export function checkReferences(text: string, from: number, to: number): void {
  // Only this part is searched: searching the rest of the text for each attribute would take the square of its length.
  const part = text.slice(from, to);
  for (let at = part.indexOf('&'); at !== -1; at = part.indexOf('&', at + 1)) {
    referenceHere.lastIndex = at;
    const match = referenceHere.exec(part);
    if (match === null) throw new XmlMistake('"&" starts no reference; a literal one is written "&amp;"', from + at);
    const [whole, hex, decimal, name] = match;
    if (character(hex, decimal, name) !== undefined) continue;
    const what = name === undefined ? 'is no character of XML 1.0' : 'is not a predefined entity';
    throw new XmlMistake(`"${whole}" ${what}`, from + at);
  }
}

/** Text with its references resolved; they must have been checked. */
export function resolveReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(reference, (whole, hex, decimal, name) => character(hex, decimal, name) ?? whole);
}
