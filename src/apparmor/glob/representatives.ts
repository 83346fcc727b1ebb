import type { Automaton } from './automaton.ts';

/** All bytes but NUL, letters first: what stands for a class is shown to people. */
const readableFirst: readonly number[] = Array.from({ length: 255 }, (_, index) => ((index + 96) % 255) + 1);

/**
 * One byte for each class of bytes that none of the automata tells apart: to explore what they match together, these are
 * enough. NUL is left out, because no path holds it.
 */
export function representatives(automata: readonly Automaton[]): readonly number[] {
  const alphabets = automata.map((automaton) => automaton.alphabet());
  const named = new Set(alphabets.flatMap((alphabet) => [...alphabet.bytes]));
  const sets = alphabets.flatMap((alphabet) => alphabet.sets);
  const classes = new Map<string, number>();
  for (const byte of readableFirst) {
    const key = named.has(byte) ? `=${byte}` : sets.map((set) => set[byte]).join('');
    if (!classes.has(key)) classes.set(key, byte);
  }
  return [...classes.values()];
}
