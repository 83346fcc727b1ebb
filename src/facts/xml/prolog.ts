import { declaration, notChar } from './grammar.ts';
import { XmlMistake } from './xmlMistake.ts';

const illegal = new RegExp(notChar);
const xmlDeclaration = new RegExp(declaration, 'y');

/**
 * Checks every character and the XML declaration; returns the offset behind it, 0 where there is none.
 * @throws {XmlMistake}
 */
export function prologEnd(text: string): number {
  const found = illegal.exec(text);
  if (found !== null) {
    const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new XmlMistake(`U+${code} is no character of XML 1.0`, found.index);
  }
  if (text.startsWith('\uFEFF')) throw new XmlMistake('starts with a byte order mark', 0);
  xmlDeclaration.lastIndex = 0;
  return xmlDeclaration.test(text) ? xmlDeclaration.lastIndex : 0;
}
