const broken = (paragraph: string, width: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
};

/**
 * `text` in lines of at most `width` characters. Lines that begin with a blank are commands or XML to paste and stay as
 * they are, however long; the others are prose and flow together.
 */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let prose: string[] = [];
  const flush = (): void => {
    if (prose.length > 0) lines.push(...broken(prose.join(' '), width));
    prose = [];
  };
  for (const line of text.trimEnd().split('\n')) {
    if (/^\s/.test(line)) {
      flush();
      lines.push(line);
    } else prose.push(line);
  }
  flush();
  return lines;
};
