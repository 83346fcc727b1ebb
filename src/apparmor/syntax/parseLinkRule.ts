import { takeKeyword } from './parseQualifiers.ts';
import type { Scanner } from './scanner.ts';
import type { LinkRule, Qualifiers } from './statement.ts';

/** Parses `link [subset] path -> target,` */
export function parseLinkRule(scanner: Scanner, qualifiers: Qualifiers): Omit<LinkRule, 'line' | 'text'> {
  takeKeyword(scanner, 'link');
  const subset = takeKeyword(scanner, 'subset');
  // apparmor_parser takes some bare words here too, which no path of the kernel matches.
  if (!/[/"@]/.test(scanner.peek())) scanner.fail('expected a path');
  const path = scanner.identifier();
  scanner.expect('->');
  const target = scanner.identifier();
  scanner.expect(',');
  return { kind: 'link', qualifiers, subset, path, target };
}
