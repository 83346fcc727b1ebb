import { parseFileName } from './parseInclude.ts';
import type { Scanner } from './scanner.ts';
import type { AbiStatement, AliasStatement, BooleanStatement, VariableStatement } from './statement.ts';

type Preamble = AbiStatement | AliasStatement | BooleanStatement | VariableStatement;
type Unplaced<T> = T extends unknown ? Omit<T, 'line' | 'text'> : never;

const assignment = /@(?:\{(\w+)\}|(\w+))\s*(\+=|\?=|:=|=)/y;
const booleanAssignment = /\$(?:\{(\w+)\}|(\w+))\s*=\s*(\w+)/y;

const matchHere = (pattern: RegExp, scanner: Scanner): RegExpExecArray | null => {
  pattern.lastIndex = scanner.position;
  return pattern.exec(scanner.text);
};

/** Whether an `abi`, alias, variable or boolean begins here. */
export function isPreamble(scanner: Scanner): boolean {
  const char = scanner.peek();
  if (char === '@') return matchHere(assignment, scanner) !== null;
  if (char === '$') return true;
  const keyword = scanner.peekKeyword();
  return keyword === 'abi' || keyword === 'alias';
}

/** Parses what may stand before the profiles of a file; the line and text are the caller's. */
export function parsePreamble(scanner: Scanner): Unplaced<Preamble> {
  if (scanner.peek() === '@') return parseVariable(scanner);
  if (scanner.peek() === '$') return parseBoolean(scanner);
  if (scanner.take('abi')) {
    scanner.skipTrivia();
    const name = parseFileName(scanner);
    scanner.expect(',');
    return { kind: 'abi', ...name };
  }
  scanner.expect('alias');
  const from = scanner.identifier();
  scanner.expect('->');
  const to = scanner.identifier();
  scanner.expect(',');
  if (!from.startsWith('/') || !to.startsWith('/')) scanner.fail('an alias joins two absolute paths');
  return { kind: 'alias', from, to };
}

function parseBoolean(scanner: Scanner): Unplaced<BooleanStatement> {
  const match = matchHere(booleanAssignment, scanner);
  const value = match?.[3]?.toLowerCase();
  if (!match || (value !== 'true' && value !== 'false')) scanner.fail('expected $name = true or false');
  advance(scanner, match[0]);
  scanner.skipBlanks();
  if (!/^(?:[\n#]|$)/.test(scanner.peek())) scanner.fail('unexpected text after a boolean');
  return { kind: 'boolean', name: match[1] ?? match[2] ?? '', value: value === 'true' };
}

/**
 * Values end with the line. A comma is part of a value, but not its last character. There are no comments here: `#` begins a
 * value, as found with apparmor_parser 3.0.8.
 */
function parseVariable(scanner: Scanner): Unplaced<VariableStatement> {
  const match = matchHere(assignment, scanner);
  if (!match) scanner.fail('expected @{name} = values');
  advance(scanner, match[0]);
  const values: string[] = [];
  for (;;) {
    scanner.skipBlanks();
    if (scanner.at('\\\n')) advance(scanner, '\\\n');
    else if (scanner.peek() === '\n' || scanner.peek() === '') break;
    else if (scanner.peek() === ',') scanner.fail('a list of values takes no commas');
    else values.push(scanner.identifierHere());
  }
  if (values.length === 0) scanner.fail('a variable needs a value');
  return { kind: 'variable', name: match[1] ?? match[2] ?? '', operator: operatorOf(match[3]), values };
}

function operatorOf(text: string | undefined): VariableStatement['operator'] {
  return text === '+=' || text === '?=' || text === ':=' ? text : '=';
}

function advance(scanner: Scanner, text: string): void {
  scanner.position += text.length;
  scanner.line += text.split('\n').length - 1;
}
