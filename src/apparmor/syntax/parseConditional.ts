import type { Scanner } from './scanner.ts';
import type { Condition, ConditionStatement, Statement } from './statement.ts';

const variable = /^@(?:\{(\w+)\}|(\w+))$/;
const boolean = /^\$(?:\{(\w+)\}|(\w+))$/;

/** Parses `if condition { … } [else { … }]`; the line and text are the caller's. */
export function parseConditional(
  scanner: Scanner,
  body: (into: Statement[]) => void,
): Omit<ConditionStatement, 'line' | 'text'> {
  scanner.expect('if');
  const condition = conditionOf(words(scanner));
  const statements: Statement[] = [];
  const otherwise: Statement[] = [];
  body(statements);
  scanner.skipTrivia();
  if (scanner.peekKeyword() === 'else') {
    scanner.position += 'else'.length;
    scanner.skipTrivia();
    const line = scanner.line;
    if (scanner.peekKeyword() === 'if') otherwise.push({ ...parseConditional(scanner, body), line, text: 'if' });
    else body(otherwise);
  }
  return { kind: 'if', condition, body: statements, otherwise };
}

/** The words up to the opening brace; braces within `@{…}` and `${…}` belong to them. */
function words(scanner: Scanner): string[] {
  const pattern = /[@$]\{\w+\}|"[^"\n]*"|[^\s{}"#]+/y;
  const found: string[] = [];
  for (;;) {
    scanner.skipTrivia();
    if (scanner.peek() === '{') return found;
    pattern.lastIndex = scanner.position;
    const word = pattern.exec(scanner.text)?.[0];
    if (word === undefined) scanner.fail('expected a condition');
    scanner.position += word.length;
    // To apparmor_parser the brace is part of the variable's name here.
    if (word.startsWith('@') && scanner.peek() === '{') scanner.fail('expected a blank after a variable');
    found.push(word);
  }
}

/** `[not] $B`, `[not] defined $B`, `[not] defined @{V}`, `[not] word in @{V}`; others are newer than this evaluator. */
function conditionOf(found: readonly string[]): Condition {
  const negated = found[0] === 'not';
  const rest = negated ? found.slice(1) : found;
  const [first = '', second = '', third = ''] = rest;
  const nameIn = (pattern: RegExp, word: string) => {
    const match = pattern.exec(word);
    return match ? (match[1] ?? match[2]) : undefined;
  };
  if (rest.length === 1) {
    const name = nameIn(boolean, first);
    if (name !== undefined) return { kind: 'boolean', name, negated };
  }
  if (rest.length === 2 && first === 'defined') {
    const asVariable = nameIn(variable, second);
    if (asVariable !== undefined) return { kind: 'defined', sigil: '@', name: asVariable, negated };
    const asBoolean = nameIn(boolean, second);
    if (asBoolean !== undefined) return { kind: 'defined', sigil: '$', name: asBoolean, negated };
  }
  const name = nameIn(variable, third);
  if (rest.length === 3 && second === 'in' && name !== undefined && /^[\w./-]+$/.test(first)) {
    return { kind: 'in', value: first, name, negated };
  }
  return { kind: 'unknown' };
}
