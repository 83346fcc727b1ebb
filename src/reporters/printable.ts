/**
 * `text` without control characters: names and XML belong to tenants, and must not move an operator's cursor, recolour
 * the terminal or forge a line (ECMA-48). Line and paragraph separators and bidirectional controls go too.
 */
export const printable = (text: string): string =>
  text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
