import { maxNameLength, name, space } from './grammar.ts';
import { checkReferences } from './references.ts';
import { XmlMistake } from './xmlMistake.ts';

/** A start tag or an empty-element tag. */
export interface OpenTag {
  name: string;
  /** The offset behind its `>`. */
  end: number;
  empty: boolean;
}

const opening = new RegExp(`<(${name})`, 'y');
const attribute = new RegExp(`${space}+(${name})${space}*=${space}*(?:"[^"<]*"|'[^'<]*')`, 'y');
const closing = new RegExp(`${space}*(/?)>`, 'y');

/**
 * Reads the tag at an offset (XML 1.0, productions 40 and 44, with the constraint "Unique Att Spec").
 * @throws {XmlMistake}
 */
export function openTag(text: string, at: number): OpenTag {
  opening.lastIndex = at;
  const start = opening.exec(text)?.[1];
  if (start === undefined) throw new XmlMistake('"<" starts no tag; a literal one is written "&lt;"', at);
  let end = opening.lastIndex;
  let names: Set<string> | undefined;
  for (;;) {
    attribute.lastIndex = end;
    const found = attribute.exec(text)?.[1];
    if (found === undefined) break;
    if (names === undefined) names = new Set();
    else if (names.has(found)) throw new XmlMistake(`attribute "${found}" of <${start}> is given twice`, end);
    names.add(found);
    checkReferences(text, end, attribute.lastIndex);
    end = attribute.lastIndex;
  }
  closing.lastIndex = end;
  const close = closing.exec(text);
  if (close === null) throw brokenTag(text, start, at, end);
  return { name: start, end: closing.lastIndex, empty: close[1] === '/' };
}

/** Says what is wrong behind the last good attribute. */
function brokenTag(text: string, tag: string, at: number, end: number): XmlMistake {
  const rest = new RegExp(`${space}*(${name})?${space}*(=?)${space}*(["']?)`, 'y');
  rest.lastIndex = end;
  const [, attributeName, equals, quote] = rest.exec(text) ?? [];
  const stop = rest.lastIndex;
  if (Math.max(tag.length, attributeName?.length ?? 0) >= maxNameLength) {
    return new XmlMistake(`a name is longer than ${maxNameLength} characters`, at);
  }
  if (quote && attributeName !== undefined && /\s/.test(text.charAt(end))) {
    const value = new RegExp(`[^${quote}<]*`, 'y');
    value.lastIndex = stop;
    value.test(text);
    if (value.lastIndex < text.length) {
      return new XmlMistake(`the value of attribute "${attributeName}" contains "<"`, value.lastIndex);
    }
    return new XmlMistake(`ends inside attribute "${attributeName}" of <${tag}>`, text.length);
  }
  if (stop >= text.length) return new XmlMistake(`ends inside the tag <${tag}>`, text.length);
  if (attributeName !== undefined && !/\s/.test(text.charAt(end))) {
    return new XmlMistake(`no space before attribute "${attributeName}" of <${tag}>`, end);
  }
  if (attributeName !== undefined) {
    const missing = equals ? 'no quoted value' : 'no value';
    return new XmlMistake(`attribute "${attributeName}" of <${tag}> has ${missing}`, stop);
  }
  return new XmlMistake(`the tag <${tag}> is not closed`, Math.max(at, stop));
}
