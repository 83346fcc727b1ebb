import type { Automaton } from './automaton.ts';

/** All bytes but NUL, letters first: what stands for a class is shown to people. */
const readableFirst: readonly number[] = Array.from({ length: 255 }, (_, index) => ((index + 96) % 255) + 1);

/**
 * One byte for each class of bytes that none of the automata tells apart: to explore what they match together, these are
 * enough. NUL is left out, because no path holds it.
 */
export function representatives(automata: readonly Automaton[]): readonly number[] {
  const alphabets = automata.map((automaton) => automaton.alphabet());
  const named = new Set(alphabets.flatMap(({ bytes }) => [...bytes]));
  /** The class of each byte by number: each set splits those that it holds in part. */
  const classOf = new Uint32Array(256);
  let classes = 1;
  for (const set of new Set(alphabets.flatMap(({ sets }) => sets))) {
    const split = new Map<number, number>();
    for (let byte = 0; byte < 256; byte++) {
      if (set[byte] !== 1) continue;
      const part = split.get(classOf[byte] ?? 0) ?? classes++;
      split.set(classOf[byte] ?? 0, part);
      classOf[byte] = part;
    }
  }
  const seen = new Set<number>();
  return readableFirst.filter((byte) => {
    if (named.has(byte)) return true;
    const known = seen.has(classOf[byte] ?? 0);
    seen.add(classOf[byte] ?? 0);
    return !known;
  });
}
