import { type ByteSet, byteSet, complement } from './byteSet.ts';
import { GlobError } from './globError.ts';

/**
 * Parses the character class whose `[` stands at `start`; `end` is the index after its `]`. The rules are those of
 * apparmor_parser, not of the shell: `^` negates and then "/" and NUL match too, `!` is literal, a reversed range is turned
 * around, and a backslash that isn't needed is dropped before ranges are looked for (`[a\-c]` is a range).
 */
export function parseClass(glob: string, start: number): { readonly set: ByteSet; readonly end: number } {
  const items: { readonly char: string; readonly literal: boolean }[] = [];
  let i = start + 1;
  for (; ; i++) {
    const char = glob.charAt(i);
    if (char === '') throw new GlobError('"[" is never closed');
    if (char === ']') break;
    if (char === '*' || char === '?') throw new GlobError(`"${char}" in a character class`, true);
    if (char !== '\\') {
      items.push({ char, literal: char !== '-' && char !== '^' });
      continue;
    }
    i++;
    const escaped = glob.charAt(i);
    if (escaped === ',') items.push({ char: '\\', literal: true });
    items.push({ char: escaped, literal: escaped !== '-' && escaped !== '^' });
  }
  const negated = items[0]?.char === '^';
  if (negated) items.shift();
  if (items.length === 0) throw new GlobError('a character class is empty');
  const set = byteSet(members(items.map((item) => item.char)));
  return { set: negated ? complement(set) : set, end: i + 1 };
}

function* members(chars: readonly string[]): Generator<string> {
  for (let i = 0; i < chars.length; i++) {
    const from = chars[i] ?? '';
    if (from === '-' && i > 0) throw new GlobError('"-" in a character class must come first or make a range');
    const to = chars[i + 1] === '-' ? chars[i + 2] : undefined;
    if (chars[i + 1] === '-') {
      if (to === undefined || to === '-')
        throw new GlobError('"-" in a character class must come first or make a range');
      const [low, high] = [from.charCodeAt(0), to.charCodeAt(0)].sort((a, b) => a - b) as [number, number];
      for (let code = low; code <= high; code++) yield String.fromCharCode(code);
      i += 2;
    } else yield from;
  }
}
