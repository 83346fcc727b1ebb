import { escapeHtml } from './escapeHtml.ts';

/** A rule's text as HTML: lines that begin with a blank are commands or XML to paste and stay as they are, the others flow. */
export const prose = (text: string): string => {
  const blocks: { verbatim: boolean; lines: string[] }[] = [];
  for (const line of text.trimEnd().split('\n')) {
    const verbatim = /^\s/.test(line);
    const last = blocks.at(-1);
    if (last?.verbatim === verbatim) last.lines.push(escapeHtml(line));
    else blocks.push({ verbatim, lines: [escapeHtml(line)] });
  }
  return blocks
    .map(({ verbatim, lines }) => (verbatim ? `<pre>${lines.join('\n')}</pre>` : `<p>${lines.join(' ')}</p>`))
    .join('');
};
