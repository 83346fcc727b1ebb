import type { ElementSpan } from './elementSpans.ts';
import { name, space } from './grammar.ts';

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&apos;');

/** The indentation of the line on which `at` is the first thing; undefined where it is not. */
const indentAt = (text: string, at: number): string | undefined => {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*$/.test(line) ? line : undefined;
};

/** How the lines of a document end; a rule's fix has line feeds. */
const lineEndOf = (text: string): string => /\r?\n/.exec(text)?.[0] ?? '\n';

/** Lines of XML, indented as a whole. */
const indented = (xml: string, indent: string, end: string): string => xml.trim().replaceAll('\n', `${end}${indent}`);

/** `text` with `xml` as the last child of `parent`, on lines of its own where the document has its elements so. */
export const appendChild = (text: string, parent: ElementSpan, xml: string): string => {
  const own = indentAt(text, parent.start);
  const end = lineEndOf(text);
  const last = parent.children.at(-1);
  if (last !== undefined) {
    const indent = indentAt(text, parent.children[0]?.start ?? 0);
    const added = indent === undefined ? xml.trim() : `${end}${indent}${indented(xml, indent, end)}`;
    return text.slice(0, last.end) + added + text.slice(last.end);
  }
  const inner = own === undefined ? xml.trim() : `${end}${own}  ${indented(xml, `${own}  `, end)}${end}${own}`;
  if (!parent.empty) return text.slice(0, parent.openEnd) + inner + text.slice(parent.closeStart);
  const head = text.slice(parent.start, parent.end).replace(/\s*\/>$/, '>');
  return `${text.slice(0, parent.start)}${head}${inner}</${parent.name}>${text.slice(parent.end)}`;
};

/** `text` without the element, and without the lines that it alone stands on. */
export const removeElement = (text: string, { start, end }: ElementSpan): string => {
  const indent = indentAt(text, start);
  const lineEnd = /[ \t]*\r?(?=\n)/y;
  lineEnd.lastIndex = end;
  if (indent === undefined || !lineEnd.test(text)) return text.slice(0, start) + text.slice(end);
  const from = start - indent.length;
  return text.slice(0, from > 0 ? from - 1 : from) + text.slice(lineEnd.lastIndex);
};

const attribute = (wanted: string): RegExp =>
  new RegExp(`${space}+${wanted.replaceAll(/[.]/g, '\\.')}${space}*=${space}*(?:"[^"]*"|'[^']*')`);

const inTag = (text: string, span: ElementSpan, change: (tag: string) => string): string =>
  text.slice(0, span.start) + change(text.slice(span.start, span.openEnd)) + text.slice(span.openEnd);

/** `text` with the attribute set, in its place or behind the others. */
export const setAttribute = (text: string, span: ElementSpan, wanted: string, value: string): string =>
  inTag(text, span, (tag) => {
    const written = ` ${wanted}='${escaped(value)}'`;
    return attribute(wanted).test(tag)
      ? tag.replace(attribute(wanted), () => written)
      : tag.replace(/\s*\/?>$/, (close) => written + close.trimStart());
  });

/** `text` without the attribute. */
export const removeAttribute = (text: string, span: ElementSpan, wanted: string): string =>
  inTag(text, span, (tag) => tag.replace(attribute(wanted), ''));

/** `text` with the element's content replaced by text. */
export const setText = (text: string, span: ElementSpan, value: string): string => {
  if (!span.empty) return text.slice(0, span.openEnd) + escaped(value) + text.slice(span.closeStart);
  const head = text.slice(span.start, span.end).replace(/\s*\/>$/, '>');
  return `${text.slice(0, span.start)}${head}${escaped(value)}</${span.name}>${text.slice(span.end)}`;
};

/** An element with one attribute or text at the end of a chain of new elements: `driver`, `@cache` → `<driver cache='…'/>`. */
export const newElement = (tokens: readonly string[], value: string): string => {
  const [head = '', next, ...rest] = tokens;
  if (!new RegExp(`^${name}$`).test(head)) throw new Error(`no name of an element: ${head}`);
  if (next === undefined) return `<${head}>${escaped(value)}</${head}>`;
  if (next.startsWith('@')) return `<${head} ${next.slice(1)}='${escaped(value)}'/>`;
  return `<${head}>${newElement([next, ...rest], value)}</${head}>`;
};
