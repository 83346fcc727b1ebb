import { space } from './grammar.ts';
import { checkReferences } from './references.ts';
import { XmlMistake } from './xmlMistake.ts';

const blank = new RegExp(`${space}*`, 'y');

/** A run of text between two pieces of markup. */
export interface CharacterData {
  /** The offset behind it: the next `<`, or the end. */
  end: number;
  /** Nothing but white space. */
  blank: boolean;
}

/**
 * Reads the text at an offset (XML 1.0, section 2.4).
 * @throws {XmlMistake}
 */
export function characterData(text: string, at: number, insideRoot: boolean): CharacterData {
  blank.lastIndex = at;
  blank.test(text);
  const past = blank.lastIndex;
  if (past === text.length || text.charCodeAt(past) === 0x3c /* < */) return { end: past, blank: true };
  if (!insideRoot) throw new XmlMistake('text outside the root element', past);
  const next = text.indexOf('<', past);
  const end = next === -1 ? text.length : next;
  checkReferences(text, at, end);
  const sectionEnd = text.slice(at, end).indexOf(']]>');
  if (sectionEnd !== -1) throw new XmlMistake('"]]>" in text; a literal one is written "]]&gt;"', at + sectionEnd);
  return { end, blank: false };
}
