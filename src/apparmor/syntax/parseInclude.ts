import type { Scanner } from './scanner.ts';
import type { IncludeStatement } from './statement.ts';

/** Parses `#include …` or `include …` when the cursor stands at one; the line and text are the caller's. */
export function parseInclude(scanner: Scanner): Omit<IncludeStatement, 'line' | 'text'> | undefined {
  if (scanner.at('#include')) scanner.position += '#include'.length;
  else if (scanner.peekKeyword() === 'include' && /[ \t]/.test(scanner.peek(7))) scanner.position += 'include'.length;
  else return undefined;
  scanner.skipBlanks();
  const condition = /if[ \t]+exists[ \t]+/y;
  condition.lastIndex = scanner.position;
  const ifExists = condition.test(scanner.text);
  if (ifExists) scanner.position = condition.lastIndex;
  scanner.skipBlanks();
  return { kind: 'include', ...parseFileName(scanner), ifExists };
}

/** `<name>`, looked up in the policy directory, or a path with or without quotes. */
export function parseFileName(scanner: Scanner): { readonly form: 'search' | 'path'; readonly path: string } {
  const name = /<([^>"\n]+)>|"([^"\n]+)"|([^\s"<>,]+)/y;
  name.lastIndex = scanner.position;
  const match = name.exec(scanner.text);
  if (!match) scanner.fail('expected the name of a file');
  scanner.position = name.lastIndex;
  const [, searched, quoted, bare] = match;
  if (searched !== undefined) return { form: 'search', path: searched.trim() };
  return { form: 'path', path: quoted ?? bare ?? '' };
}
