import { type ByteSet, byteSet, complement } from './byteSet.ts';
import { GlobError } from './globError.ts';
import { parseClass } from './parseClass.ts';

/** A parsed pattern: a sequence of these. */
export type GlobNode =
  | { readonly kind: 'bytes'; readonly bytes: string }
  | { readonly kind: 'set'; readonly set: ByteSet }
  | { readonly kind: 'repeat'; readonly set: ByteSet }
  | { readonly kind: 'alternatives'; readonly branches: readonly (readonly GlobNode[])[] };

const notSlash = complement(byteSet('/\0'));
const notNul = complement(byteSet('\0'));
/** apparmor_parser allows this many nested braces. */
const deepest = 50;

/**
 * Parses a pattern of apparmor.d(5), "Globbing": a byte string whose escapes are decoded (`decodeEscapes`), whose variables
 * are expanded and whose slashes are squeezed. Throws `GlobError`.
 */
export function parseGlob(glob: string): readonly GlobNode[] {
  const state = { position: 0 };
  return parseSequence(glob, state, 0)[0] ?? [];
}

/** Parses to the end, or to the closing brace of a group: the branches between its commas. */
function parseSequence(glob: string, state: { position: number }, depth: number): GlobNode[][] {
  if (depth > deepest) throw new GlobError(`braces are nested more than ${deepest} deep`);
  let branch: GlobNode[] = [];
  const branches = [branch];
  /** Whether what was just emitted is a slash, the one place where a star needs at least one character. */
  let afterSlash = false;
  for (;;) {
    const char = glob.charAt(state.position);
    const wasAfterSlash = afterSlash;
    afterSlash = false;
    if (char === '') {
      if (depth > 0) throw new GlobError('"{" is never closed');
      return branches;
    }
    state.position++;
    if (char === '*') branch.push(...parseStar(glob, state, wasAfterSlash));
    else if (char === '?') branch.push({ kind: 'set', set: notSlash });
    else if (char === '[') {
      const parsed = parseClass(glob, state.position - 1);
      branch.push({ kind: 'set', set: parsed.set });
      state.position = parsed.end;
    } else if (char === '{') {
      branch.push({ kind: 'alternatives', branches: parseSequence(glob, state, depth + 1) });
    } else if (char === ',' && depth > 0) {
      branch = [];
      branches.push(branch);
    } else if (char === '}') {
      if (depth === 0) throw new GlobError('"}" closes nothing');
      if (branches.length === 1) throw new GlobError('braces need at least one comma');
      return branches;
    } else if (char === ']') throw new GlobError('"]" closes nothing');
    else {
      const bytes = char === '\\' ? glob.charAt(state.position++) : char + plainBytes(glob, state);
      if (bytes === '') throw new GlobError('a backslash ends the pattern');
      branch.push({ kind: 'bytes', bytes });
      afterSlash = bytes.endsWith('/');
    }
  }
}

/** Takes bytes up to the next one with a meaning. */
function plainBytes(glob: string, state: { position: number }): string {
  const plain = /[^*?[\]{},\\]*/y;
  plain.lastIndex = state.position;
  const [bytes = ''] = plain.exec(glob) ?? [];
  state.position += bytes.length;
  return bytes;
}

/** `*` stays within a path component, `**` does not; a whole component between slashes is never empty. */
function parseStar(glob: string, state: { position: number }, afterSlash: boolean): GlobNode[] {
  const start = state.position - 1;
  while (glob.charAt(state.position) === '*') state.position++;
  const set = state.position - start > 1 ? notNul : notSlash;
  const next = glob.charAt(state.position);
  const repeat: GlobNode = { kind: 'repeat', set };
  return afterSlash && (next === '/' || next === '') ? [{ kind: 'set', set: notSlash }, repeat] : [repeat];
}
