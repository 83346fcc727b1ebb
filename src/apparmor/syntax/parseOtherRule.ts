import { takeKeyword } from './parseQualifiers.ts';
import type { Scanner } from './scanner.ts';
import type { OtherRule, OtherRuleKind, Qualifiers, RuleWord } from './statement.ts';

/** The keywords that begin a rule about something other than files. */
export const otherRuleKinds: ReadonlyMap<string, OtherRuleKind> = new Map([
  ['capability', 'capability'],
  ['network', 'network'],
  ['unix', 'unix'],
  ['dbus', 'dbus'],
  ['signal', 'signal'],
  ['ptrace', 'ptrace'],
  ['mount', 'mount'],
  ['remount', 'remount'],
  ['umount', 'umount'],
  ['unmount', 'umount'],
  ['pivot_root', 'pivot_root'],
  ['change_profile', 'change_profile'],
  ['set', 'rlimit'],
  ['userns', 'userns'],
  ['io_uring', 'io_uring'],
  ['mqueue', 'mqueue'],
]);

/** Parses a rule about something other than files to its comma; its words are kept, not judged. */
export function parseOtherRule(
  scanner: Scanner,
  qualifiers: Qualifiers,
  keyword: string,
  kind: OtherRuleKind,
): Omit<OtherRule, 'line' | 'text'> {
  if (qualifiers.owner) scanner.fail(`owner says nothing about ${keyword}`);
  takeKeyword(scanner, keyword);
  if (keyword === 'set' && !takeKeyword(scanner, 'rlimit')) scanner.fail('expected rlimit');
  const words: RuleWord[] = [];
  for (;;) {
    scanner.skipTrivia();
    if (scanner.take(',')) return { kind, qualifiers, words };
    words.push(scanner.peek() === '(' ? parseWordList(scanner) : parseWord(scanner));
  }
}

/** `key=` is a word of its own, so that what follows may be a list, a quoted string or a path. */
function parseWord(scanner: Scanner): string {
  const key = /[\w-]+\s*=/y;
  key.lastIndex = scanner.position;
  const match = key.exec(scanner.text);
  if (match) {
    scanner.position += match[0].length;
    return match[0].replace(/\s/g, '');
  }
  const char = scanner.peek();
  if (char === '}' || char === '' || char === ';' || scanner.at('#include')) scanner.fail('expected ","');
  return scanner.identifier();
}

function parseWordList(scanner: Scanner): readonly string[] {
  scanner.expect('(');
  const words: string[] = [];
  for (;;) {
    if (scanner.take(')')) return words;
    if (scanner.take(',')) continue;
    const key = /[\w-]+=/y;
    key.lastIndex = scanner.position;
    const match = key.exec(scanner.text);
    if (match) scanner.position += match[0].length;
    words.push((match?.[0] ?? '') + scanner.identifier('()'));
  }
}
