import { parseFileRule } from './parseFileRule.ts';
import { parseLinkRule } from './parseLinkRule.ts';
import { otherRuleKinds, parseOtherRule } from './parseOtherRule.ts';
import type { Scanner } from './scanner.ts';
import type { FileRule, LinkRule, OtherRule, Qualifiers, UnknownRule } from './statement.ts';

type Rule = FileRule | LinkRule | OtherRule | UnknownRule;
type Unplaced<T> = T extends unknown ? Omit<T, 'line' | 'text'> : never;

/** Parses one rule to its comma; the line and text are the caller's. */
export function parseRule(scanner: Scanner, qualifiers: Qualifiers): Unplaced<Rule> {
  const keyword = scanner.peekKeyword();
  if (keyword === 'link') return parseLinkRule(scanner, qualifiers);
  const kind = otherRuleKinds.get(keyword);
  if (kind !== undefined) return parseOtherRule(scanner, qualifiers, keyword, kind);
  return parseFileRule(scanner, qualifiers) ?? parseUnknownRule(scanner, keyword);
}

/** A lower-case word that begins no rule known here may be a newer rule: it is kept, and noted as not understood. */
function parseUnknownRule(scanner: Scanner, keyword: string): Unplaced<UnknownRule> {
  const next = scanner.peek(keyword.length);
  if (!/^[a-z][a-z_]{2,}$/.test(keyword) || !/[\s,]/.test(next)) scanner.fail('expected a rule');
  const comma = /[^,;{}\n]*,/y;
  comma.lastIndex = scanner.position;
  const match = comma.exec(scanner.text);
  if (!match) scanner.fail('expected a rule');
  scanner.position += match[0].length;
  return { kind: 'unknown' };
}
