import { escapeHtml } from './escapeHtml.ts';

/** A word with a square in its colour before it; no meaning hangs on the colour alone. */
export const mark = (kind: string, text: string): string => `<span class="mark ${kind}">${escapeHtml(text)}</span>`;
