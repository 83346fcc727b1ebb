/**
 * AppArmor and the kernel know bytes, not characters. A byte string is text in which each char is one byte (latin1), so
 * that strings can be matched byte by byte; names and paths elsewhere are ordinary text.
 */

/** The UTF-8 bytes of `text` as a byte string. */
export const toBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** The text that a byte string holds as UTF-8; bytes that are no UTF-8 become U+FFFD. */
export const fromBytes = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');
