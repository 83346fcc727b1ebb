import type { JsonObject } from '../../model/json.ts';
import { characterData } from './characterData.ts';
import { ElementBuilder } from './elementBuilder.ts';
import { OpenElements } from './openElements.ts';
import { openTag } from './openTag.ts';
import { prologEnd } from './prolog.ts';
import { cdataEnd, commentEnd, instructionEnd } from './skipped.ts';
import { XmlMistake } from './xmlMistake.ts';

/** A document's facts. */
export interface ReadDocument {
  /** The root element's name. */
  root: string;
  document: JsonObject;
  /** Where the root element starts in the whole text. */
  rootOffset: number;
}

/**
 * Reads a well-formed XML 1.0 document without a DTD in one pass; comments, processing instructions and the white space
 * between tags are left out. Parsers that are made for speed let pass what is not well-formed, and read a truncated
 * document as fewer facts.
 * @throws {XmlMistake} at the first place that is not well-formed.
 */
export function readDocument(text: string): ReadDocument {
  const open = new OpenElements(text);
  const builder = new ElementBuilder();
  let at = prologEnd(text);
  // The kind of the tag that the next text follows directly, if it does.
  let behind: 'start tag' | 'end tag' | undefined = 'end tag';
  while (at < text.length) {
    const from = at;
    const second = text.charCodeAt(at + 1);
    if (text.charCodeAt(at) !== 0x3c /* < */) {
      const data = characterData(text, at, open.depth > 0);
      at = data.end;
      if (data.blank && separatesTags(text, at, behind)) continue;
      builder.characters(text.slice(from, at));
      behind = undefined;
    } else if (second === 0x2f /* / */) {
      at = open.close(at);
      builder.close();
      behind = 'end tag';
    } else if (second === 0x3f /* ? */) {
      at = instructionEnd(text, at);
      behind = undefined;
    } else if (second !== 0x21 /* ! */) {
      const tag = openTag(text, at);
      open.open(tag.name, at, tag.empty);
      builder.open(tag.name, tag.attributes);
      if (tag.empty) builder.close();
      at = tag.end;
      behind = tag.empty ? 'end tag' : 'start tag';
    } else if (text.startsWith('<!--', at)) {
      at = commentEnd(text, at);
      behind = undefined;
    } else {
      at = declarationOrCdataEnd(text, at, open.depth > 0);
      builder.cdata(text.slice(from + cdataStart.length, at - cdataStop.length));
      behind = undefined;
    }
  }
  const rootOffset = open.finish();
  return { ...builder.finish(), rootOffset };
}

const cdataStart = '<![CDATA[';
const cdataStop = ']]>';

/** White space between two tags is layout, but between a start tag and its end tag it is the element's text. */
function separatesTags(text: string, end: number, behind: 'start tag' | 'end tag' | undefined): boolean {
  const next = text.charAt(end + 1);
  if (behind === undefined || next === '!' || next === '?') return false;
  return behind === 'end tag' || next !== '/';
}

function declarationOrCdataEnd(text: string, at: number, insideRoot: boolean): number {
  if (text.startsWith(cdataStart, at)) {
    if (insideRoot) return cdataEnd(text, at);
    throw new XmlMistake('text outside the root element', at);
  }
  if (/^<!doctype/i.test(text.slice(at, at + 9))) {
    throw new XmlMistake('has a document type declaration, which is refused: entities could be declared in it', at);
  }
  throw new XmlMistake('"<!" starts no comment', at);
}
