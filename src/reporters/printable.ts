/** Control characters (ECMA-48), line and paragraph separators, bidirectional controls. */
export const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * `text` without control characters: names and XML belong to tenants, and must not move an operator's cursor, recolour
 * the terminal or forge a line.
 */
export const printable = (text: string): string => text.replaceAll(unprintable, '\ufffd');
