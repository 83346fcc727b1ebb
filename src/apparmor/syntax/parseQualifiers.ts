import type { Scanner } from './scanner.ts';
import type { Qualifiers } from './statement.ts';

/** A rule without a word before it. */
export const noQualifiers: Qualifiers = { audit: false, effect: 'allow', owner: false, priority: 0 };

/**
 * Parses `[priority=N] [audit] [allow|deny|prompt] [owner]`, in this order only, as apparmor_parser does; undefined when there
 * is none of them.
 */
export function parseQualifiers(scanner: Scanner): Qualifiers | undefined {
  const start = scanner.position;
  const priority = parsePriority(scanner);
  const audit = takeKeyword(scanner, 'audit');
  const effect = (['allow', 'deny', 'prompt'] as const).find((word) => takeKeyword(scanner, word)) ?? 'allow';
  const owner = takeKeyword(scanner, 'owner');
  return scanner.position === start ? undefined : { audit, effect, owner, priority };
}

function parsePriority(scanner: Scanner): number {
  const pattern = /priority\s*=\s*([+-]?\d+)(?=\s)/y;
  pattern.lastIndex = scanner.position;
  const match = pattern.exec(scanner.text);
  if (!match) return 0;
  const priority = Number(match[1]);
  if (priority < -1000 || priority > 1000) scanner.fail('a priority goes from -1000 to 1000');
  scanner.position += match[0].length;
  scanner.skipTrivia();
  return priority;
}

/** Takes a whole word, then what may stand between words. */
export function takeKeyword(scanner: Scanner, word: string): boolean {
  if (scanner.peekKeyword() !== word) return false;
  scanner.position += word.length;
  scanner.skipTrivia();
  return true;
}
