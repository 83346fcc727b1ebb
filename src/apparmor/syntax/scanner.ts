import { decodeEscapes } from './decodeEscapes.ts';
import { PolicySyntaxError } from './policySyntaxError.ts';

const isBlank = (char: string): boolean => char === ' ' || char === '\t' || char === '\r';
const endsIdentifier = (char: string): boolean =>
  char === '' || char === ' ' || char === '\t' || char === '\r' || char === '\n' || char === '"' || char === '!';

/** A cursor in policy text (byte string), with the lexical rules of apparmor.d(5): blanks, comments, identifiers, quotes. */
export class Scanner {
  readonly text: string;
  position = 0;
  /** Line of the cursor, counted from 1. */
  line = 1;

  constructor(text: string) {
    this.text = text;
  }

  /** The character `offset` bytes ahead; empty at the end. */
  peek(offset = 0): string {
    return this.text.charAt(this.position + offset);
  }

  /** Whether the text goes on with `expected` here. */
  at(expected: string): boolean {
    return this.text.startsWith(expected, this.position);
  }

  /** Moves past blanks, newlines and comments. `#include` is a directive wherever it stands, so it is left alone. */
  skipTrivia(): void {
    for (;;) {
      const char = this.peek();
      if (char === '\n') this.line++;
      else if (char === '#' && !this.at('#include')) {
        const end = this.text.indexOf('\n', this.position);
        // apparmor_parser 3.0.8 rejects a comment that the end of the file ends.
        if (end < 0) this.fail('a comment on the last line needs a newline after it');
        this.position = end;
        continue;
      } else if (char === '' || !isBlank(char)) return;
      this.position++;
    }
  }

  /** Moves past blanks on this line. */
  skipBlanks(): void {
    while (this.peek() !== '' && isBlank(this.peek())) this.position++;
  }

  /** Takes `expected` when the text goes on with it, after blanks and comments. */
  take(expected: string): boolean {
    this.skipTrivia();
    if (!this.at(expected)) return false;
    this.position += expected.length;
    return true;
  }

  /** Takes `expected` or fails. */
  expect(expected: string): void {
    if (!this.take(expected)) this.fail(`expected "${expected}"`);
  }

  /** The word of letters, digits, `_`, `-` and `.` here, or an empty string; the cursor stays. */
  peekKeyword(): string {
    let end = this.position;
    while (/[\w.-]/.test(this.text.charAt(end)) && end - this.position < 64) end++;
    return this.text.slice(this.position, end);
  }

  /** Takes what `identifierHere` takes, after blanks, newlines and comments. */
  identifier(stops = ''): string {
    this.skipTrivia();
    return this.identifierHere(stops);
  }

  /**
   * Takes a quoted string or an identifier, escapes decoded. A comma ends it unless something follows the comma; so does any
   * character of `stops`.
   */
  identifierHere(stops = ''): string {
    if (this.peek() === '"') return this.#quoted();
    const start = this.position;
    for (;;) {
      const char = this.peek();
      const next = this.peek(1);
      if (char === '\\' && next !== '' && ' \t"!,'.includes(next)) this.position += 2;
      else if (endsIdentifier(char) || stops.includes(char)) break;
      else if (char === ',') {
        if (endsIdentifier(next) || next === ',' || stops.includes(next)) break;
        this.position += 2;
      } else this.position++;
    }
    if (this.position === start) this.fail('expected a name or a path');
    if (this.peek() === '!') this.fail('unexpected "!"');
    return decodeEscapes(this.text.slice(start, this.position));
  }

  /** A backslash hides a quote, unless no other quote follows in the file: the longest match wins. */
  #quoted(): string {
    const start = this.position + 1;
    let fallback = -1;
    let end = this.text.indexOf('"', start);
    while (end >= 0 && this.text.charAt(end - 1) === '\\' && end > start) {
      fallback = end;
      end = this.text.indexOf('"', end + 1);
    }
    if (end < 0) end = fallback;
    if (end < 0) this.fail('a quote is never closed');
    for (let i = start; i < end; i++) if (this.text.charCodeAt(i) === 10) this.line++;
    this.position = end + 1;
    return decodeEscapes(this.text.slice(start, end));
  }

  /** Stops the parse here. */
  fail(message: string): never {
    const end = this.text.indexOf('\n', this.position);
    const rest = this.text.slice(this.position, end < 0 ? undefined : end);
    throw new PolicySyntaxError(message, this.line, rest.trim().slice(0, 80));
  }
}
