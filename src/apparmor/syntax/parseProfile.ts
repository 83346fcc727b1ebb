import type { Scanner } from './scanner.ts';
import type { Statement } from './statement.ts';

/** Whether a profile, child profile or hat begins here. Only at the top of a file may a path alone name a profile. */
export function isProfileStart(scanner: Scanner, depth: number): boolean {
  const keyword = scanner.peekKeyword();
  if (keyword === 'profile' || keyword === 'hat') return true;
  const char = scanner.peek();
  if (char === '^') return true;
  return depth === 0 && (char === '/' || char === '"' || char === ':' || char === '@') && opensBlock(scanner);
}

/** A file that is included holds rules at its top, so a path there is a profile's name only before a block or its flags. */
function opensBlock(scanner: Scanner): boolean {
  const header =
    /(?:"[^"\n]*"\s*|[^\s"]+\s+)(?:(?:"[^"\n]*"\s*|[/@][^\s"]+\s+)(?=[{(]|flags|xattrs)|(?=[{(]|flags|xattrs))/y;
  header.lastIndex = scanner.position;
  return header.test(scanner.text);
}

/** Parses a profile into `into`, before its body is read: when that fails, the profile is known nevertheless. */
export function parseProfile(
  scanner: Scanner,
  line: number,
  into: Statement[],
  body: (into: Statement[]) => void,
): void {
  const start = scanner.position;
  const caret = scanner.take('^');
  if (caret && /\s/.test(scanner.peek())) scanner.fail('a hat has its name right after "^"');
  const hat = caret || (scanner.peekKeyword() === 'hat' && scanner.take('hat'));
  if (!hat && scanner.peekKeyword() === 'profile') scanner.take('profile');
  const name = parseName(scanner, 'a profile needs a name');
  scanner.skipTrivia();
  const attachment = !hat && /[/"@]/.test(scanner.peek()) ? scanner.identifier() : undefined;
  if (attachment !== undefined && !/^[/@]/.test(attachment)) scanner.fail('a profile attaches to an absolute path');
  const xattrs = parseList(scanner, 'xattrs', false);
  const flags = parseList(scanner, 'flags', true);
  scanner.skipTrivia();
  const statements: Statement[] = [];
  const text = scanner.text.slice(start, scanner.position).trim();
  into.push({ kind: 'profile', hat, name, attachment, flags, xattrs, body: statements, line, text });
  body(statements);
}

function parseName(scanner: Scanner, message: string): string {
  scanner.skipTrivia();
  if (scanner.peek() === '{' || scanner.peek() === '(') scanner.fail(message);
  return scanner.identifier();
}

/** `keyword=(word, word)`; for flags `(word word)` alone will do. Commas and blanks separate alike. */
function parseList(scanner: Scanner, keyword: string, bare: boolean): string[] {
  scanner.skipTrivia();
  if (scanner.peekKeyword() === keyword) {
    scanner.position += keyword.length;
    scanner.expect('=');
    scanner.expect('(');
  } else if (!bare || !scanner.take('(')) return [];
  const words: string[] = [];
  const word = /[^\s,()"=]+(?:=(?:"[^"\n]*"|[^\s,()"]+))?/y;
  for (;;) {
    scanner.skipTrivia();
    if (scanner.take(')')) break;
    if (words.length > 0 && scanner.take(',')) scanner.skipTrivia();
    word.lastIndex = scanner.position;
    const match = word.exec(scanner.text)?.[0];
    if (match === undefined) scanner.fail(`expected a word or ")" after ${keyword}=(`);
    scanner.position += match.length;
    words.push(match);
  }
  if (words.length === 0) scanner.fail(`${keyword}=() is empty`);
  return words;
}
