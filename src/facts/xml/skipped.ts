import { name, space } from './grammar.ts';
import { XmlMistake } from './xmlMistake.ts';

const instruction = new RegExp(`<\\?(?!xml[?\\s])${name}(?=\\?>|${space})`, 'iy');

/**
 * The offset behind the processing instruction at an offset (XML 1.0, section 2.6).
 * @throws {XmlMistake}
 */
export function instructionEnd(text: string, at: number): number {
  instruction.lastIndex = at;
  if (!instruction.test(text)) {
    const isDeclaration = /^<\?xml[?\s]/i.test(text.slice(at, at + 6));
    const what = isDeclaration ? 'a malformed or misplaced XML declaration' : '"<?" starts no processing instruction';
    throw new XmlMistake(what, at);
  }
  return endOf(text, at, '?>', 2, 'processing instruction');
}

/**
 * The offset behind the comment at an offset (XML 1.0, section 2.5).
 * @throws {XmlMistake}
 */
export function commentEnd(text: string, at: number): number {
  const end = endOf(text, at, '--', 4, 'comment');
  if (text.charAt(end) === '>') return end + 1;
  if (end >= text.length) throw new XmlMistake('ends inside a comment', text.length);
  throw new XmlMistake('"--" inside a comment', end - 2);
}

/**
 * The offset behind the CDATA section at an offset (XML 1.0, section 2.7).
 * @throws {XmlMistake}
 */
export function cdataEnd(text: string, at: number): number {
  return endOf(text, at, ']]>', 9, 'CDATA section');
}

function endOf(text: string, at: number, closer: string, openerLength: number, what: string): number {
  const end = text.indexOf(closer, at + openerLength);
  if (end === -1) throw new XmlMistake(`ends inside a ${what}`, text.length);
  return end + closer.length;
}
