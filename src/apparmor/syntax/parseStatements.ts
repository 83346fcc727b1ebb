import { parseConditional } from './parseConditional.ts';
import { parseInclude } from './parseInclude.ts';
import { isPreamble, parsePreamble } from './parsePreamble.ts';
import { isProfileStart, parseProfile } from './parseProfile.ts';
import { noQualifiers, parseQualifiers } from './parseQualifiers.ts';
import { parseRule } from './parseRule.ts';
import type { Scanner } from './scanner.ts';
import type { Qualifiers, Statement } from './statement.ts';

/** Profiles, blocks and conditions nested deeper than any policy are taken for an attack on the stack. */
const deepest = 100;

/**
 * Parses statements into `into`, to the closing brace of the block (left for the caller) or the end of the file. When the
 * parse fails, `into` holds what came before.
 */
export function parseStatements(scanner: Scanner, into: Statement[], depth: number): void {
  if (depth > deepest) scanner.fail('blocks are nested too deep');
  for (;;) {
    scanner.skipTrivia();
    if (scanner.peek() === '' || (scanner.peek() === '}' && depth > 0)) return;
    parseStatement(scanner, into, depth);
  }
}

/** Parses `{ statements }`. */
function parseBody(scanner: Scanner, into: Statement[], depth: number): void {
  scanner.expect('{');
  parseStatements(scanner, into, depth + 1);
  scanner.expect('}');
}

function parseStatement(scanner: Scanner, into: Statement[], depth: number): void {
  const start = scanner.position;
  const line = scanner.line;
  const placed = () => ({ line, text: scanner.text.slice(start, scanner.position) });
  const body = (list: Statement[]) => parseBody(scanner, list, depth);

  const include = parseInclude(scanner);
  if (include) into.push({ ...include, ...placed() });
  else if (isPreamble(scanner)) into.push({ ...parsePreamble(scanner), ...placed() });
  else if (scanner.peekKeyword() === 'if' && /\s/.test(scanner.peek(2)))
    into.push({ ...parseConditional(scanner, body), ...placed() });
  else if (isProfileStart(scanner, depth)) parseProfile(scanner, line, into, body);
  else if (depth === 0 && scanner.peek() === '}') scanner.fail('unexpected "}"');
  else {
    const qualifiers = parseQualifiers(scanner);
    scanner.skipTrivia();
    if (scanner.peek() === '{') parseBlock(qualifiers, line, into, body, scanner);
    else into.push({ ...parseRule(scanner, qualifiers ?? noQualifiers), ...placed() });
  }
}

function parseBlock(
  qualifiers: Qualifiers | undefined,
  line: number,
  into: Statement[],
  body: (list: Statement[]) => void,
  scanner: Scanner,
): void {
  if (qualifiers?.effect === 'deny') scanner.fail("a block can't be denied as a whole");
  const statements: Statement[] = [];
  into.push({ kind: 'block', qualifiers: qualifiers ?? noQualifiers, body: statements, line, text: '{' });
  body(statements);
}
