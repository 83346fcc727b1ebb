import { characterData } from './characterData.ts';
import { OpenElements } from './openElements.ts';
import { openTag } from './openTag.ts';
import { prologEnd } from './prolog.ts';
import { cdataEnd, commentEnd, instructionEnd } from './skipped.ts';
import { XmlMistake } from './xmlMistake.ts';

/** A document's elements and their text, and nothing else. */
export interface BareElements {
  elements: string;
  /** Where the root element starts in the whole text. */
  rootOffset: number;
}

/**
 * Checks that a text is a well-formed XML 1.0 document without a DTD, and returns it bare: without its declaration, comments,
 * processing instructions and the white space between tags.
 *
 * fast-xml-parser alone reads a truncated document as fewer facts and two roots as one document, and its XMLValidator still lets
 * `<a/><b/>`, `<a>&x;</a>` and control characters pass. It also takes an apostrophe in a processing instruction for the start of a string
 * and loses the elements up to the next one. So it is given only what it reads exactly, which also takes less of its time.
 * @param outside how many elements are open around the text, which is then only a part of a document
 * @throws {XmlMistake} at the first place that is not well-formed.
 */
export function bareElements(text: string, outside = 0): BareElements {
  const open = new OpenElements(text, outside);
  const kept: string[] = [];
  let at = prologEnd(text);
  let keptTo = at;
  // The kind of the tag that the next text follows directly, if it does.
  let behind: 'start tag' | 'end tag' | undefined = 'end tag';
  while (at < text.length) {
    const from = at;
    let drop = false;
    const second = text.charCodeAt(at + 1);
    if (text.charCodeAt(at) !== 0x3c /* < */) {
      const data = characterData(text, at, open.depth > 0);
      at = data.end;
      drop = data.blank && separatesTags(text, at, behind);
      if (!drop) behind = undefined;
    } else if (second === 0x2f /* / */) {
      at = open.close(at);
      behind = 'end tag';
    } else if (second === 0x3f /* ? */) {
      at = instructionEnd(text, at);
      drop = true;
      behind = undefined;
    } else if (second !== 0x21 /* ! */) {
      const tag = openTag(text, at);
      open.open(tag.name, at, tag.empty);
      at = tag.end;
      behind = tag.empty ? 'end tag' : 'start tag';
    } else {
      drop = text.startsWith('<!--', at);
      at = drop ? commentEnd(text, at) : declarationOrCdataEnd(text, at, open.depth > 0);
      behind = undefined;
    }
    if (!drop) continue;
    if (keptTo < from) kept.push(text.slice(keptTo, from));
    keptTo = at;
  }
  const rootOffset = open.finish();
  kept.push(text.slice(keptTo));
  return { elements: kept.join(''), rootOffset };
}

/** White space between two tags is layout, but between a start tag and its end tag it is the element's text. */
function separatesTags(text: string, end: number, behind: 'start tag' | 'end tag' | undefined): boolean {
  const next = text.charAt(end + 1);
  if (behind === undefined || next === '!' || next === '?') return false;
  return behind === 'end tag' || next !== '/';
}

function declarationOrCdataEnd(text: string, at: number, insideRoot: boolean): number {
  if (text.startsWith('<![CDATA[', at)) {
    if (insideRoot) return cdataEnd(text, at);
    throw new XmlMistake('text outside the root element', at);
  }
  if (/^<!doctype/i.test(text.slice(at, at + 9))) {
    throw new XmlMistake('has a document type declaration, which is refused: entities could be declared in it', at);
  }
  throw new XmlMistake('"<!" starts no comment', at);
}
