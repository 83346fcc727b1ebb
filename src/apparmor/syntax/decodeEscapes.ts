const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', a: '\x07', e: '\x1b' };
/** Characters with a meaning in patterns: an escape that yields one stays an escape. */
const special = '*?[]{},\\';

/**
 * Decodes the escapes of an identifier as the lexer does, before variables and globs are looked at: octal, `\xHH`, `\dNNN`
 * and the letters of C. What remains escaped is for the glob compiler. Found with apparmor_parser 3.0.8.
 */
export function decodeEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  let out = '';
  let i = 0;
  while (i < text.length) {
    const char = text.charAt(i);
    if (char !== '\\') {
      out += char;
      i++;
      continue;
    }
    const number = numberAt(text, i + 1);
    const next = text.charAt(i + 1);
    if (number) {
      const byte = String.fromCharCode(number.value);
      out += special.includes(byte) ? `\\${byte}` : byte;
      i = number.end;
    } else {
      const letter = letters[next];
      out += letter ?? (next === '"' || next === ' ' || next === '!' || next === '\t' ? next : `\\${next}`);
      i += 2;
    }
  }
  return out;
}

/** The byte that an escape's number stands for: as many digits as keep it below 256. */
function numberAt(text: string, at: number): { readonly value: number; readonly end: number } | undefined {
  const first = text.charAt(at);
  const [base, digits, start, most] =
    first === 'x' ? [16, /[0-9a-fA-F]/, at + 1, 2] : first === 'd' ? [10, /[0-9]/, at + 1, 3] : [8, /[0-7]/, at, 3];
  let value = 0;
  let end = start;
  while (end < start + most && digits.test(text.charAt(end))) {
    const longer = value * base + Number.parseInt(text.charAt(end), base);
    if (longer > 255) break;
    value = longer;
    end++;
  }
  return end > start ? { value, end } : undefined;
}
