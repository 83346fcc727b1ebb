/** Where in a text something is: both counted from 1, the column in UTF-16 code units. */
export interface TextPosition {
  line: number;
  column: number;
}

/** The line and column of an offset. A line ends with LF, CR or CR LF (XML 1.0, section 2.11). */
export function textPosition(text: string, offset: number): TextPosition {
  const lineEnds = /\r\n?|\n/g;
  let line = 1;
  let start = 0;
  for (let end = lineEnds.exec(text); end !== null && lineEnds.lastIndex <= offset; end = lineEnds.exec(text)) {
    line += 1;
    start = lineEnds.lastIndex;
  }
  return { line, column: offset - start + 1 };
}
