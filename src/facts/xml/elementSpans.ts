import { openTag } from './openTag.ts';
import { prologEnd } from './prolog.ts';
import { cdataEnd, commentEnd, instructionEnd } from './skipped.ts';

/** Where an element stands in its document; offsets in UTF-16 code units. */
export interface ElementSpan {
  name: string;
  start: number;
  /** Behind the `>` of the start tag. */
  openEnd: number;
  /** Where the end tag starts; for an empty-element tag, `openEnd`. */
  closeStart: number;
  end: number;
  empty: boolean;
  children: ElementSpan[];
}

/** The elements of a document that `parseXml` has read, with their places, so that a text can be changed and else kept. */
export const elementSpans = (text: string): ElementSpan => {
  const top: ElementSpan = { name: '', start: 0, openEnd: 0, closeStart: 0, end: 0, empty: false, children: [] };
  const open: ElementSpan[] = [top];
  let at = prologEnd(text);
  for (at = text.indexOf('<', at); at !== -1; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) at = commentEnd(text, at);
    else if (text.startsWith('<![CDATA[', at)) at = cdataEnd(text, at);
    else if (text.startsWith('<?', at)) at = instructionEnd(text, at);
    else if (text.startsWith('</', at)) {
      const closed = open.pop();
      const end = text.indexOf('>', at) + 1;
      if (closed !== undefined) Object.assign(closed, { closeStart: at, end });
      at = end;
    } else {
      const { name, end, empty } = openTag(text, at);
      const span = { name, start: at, openEnd: end, closeStart: end, end, empty, children: [] };
      open.at(-1)?.children.push(span);
      if (!empty) open.push(span);
      at = end;
    }
  }
  const [root] = top.children;
  if (root === undefined) throw new Error('a document that was not checked before');
  return root;
};
