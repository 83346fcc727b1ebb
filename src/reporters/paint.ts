import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** Text in a style. */
export type Paint = (style: Style, text: string) => string;

/** Paints, or leaves the text as it is. */
export const paintFor = (color: boolean): Paint =>
  color
    ? // Whether the stream takes colours has been decided by who asks for them.
      (style, words) => styleText(style, words, { validateStream: false })
    : (_, words) => words;
