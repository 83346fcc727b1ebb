import { Automaton, type AutomatonState, AutomatonTooLarge } from './automaton.ts';
import type { Pattern } from './pattern.ts';
import { representatives } from './representatives.ts';

/** Pairs of states tried before the search gives up. */
const mostPairs = 20_000;

/** The state after all of `path`. */
const after = (automaton: Automaton, path: string): AutomatonState => {
  let state = Automaton.start;
  for (let i = 0; i < path.length; i++) state = automaton.step(state, path.charCodeAt(i));
  return state;
};

/** A shortest byte string that both patterns match; undefined when there is none. Throws `AutomatonTooLarge`. */
export function commonPath(a: Pattern, b: Pattern): string | undefined {
  if (a.literal) return b.matches(a.prefix) ? a.prefix : undefined;
  if (b.literal) return a.matches(b.prefix) ? b.prefix : undefined;
  // What both match starts with both prefixes: no other byte is tried there.
  const [path, shorter] = a.prefix.length > b.prefix.length ? [a.prefix, b.prefix] : [b.prefix, a.prefix];
  if (!path.startsWith(shorter)) return undefined;
  const { automaton: left } = a;
  const { automaton: right } = b;
  const first = { left: after(left, path), right: after(right, path), path };
  if (first.left === Automaton.dead || first.right === Automaton.dead) return undefined;
  const bytes = representatives([left, right]);
  const seen = new Set<number>();
  let frontier = [first];
  while (frontier.length > 0) {
    const reached: typeof frontier = [];
    for (const pair of frontier) {
      if (left.accepts(pair.left) && right.accepts(pair.right)) return pair.path;
      for (const byte of bytes) {
        const next = { left: left.step(pair.left, byte), right: right.step(pair.right, byte) };
        const key = next.left * 65_536 + next.right;
        if (next.left === Automaton.dead || next.right === Automaton.dead || seen.has(key)) continue;
        if (seen.size >= mostPairs) throw new AutomatonTooLarge('too many pairs of states');
        seen.add(key);
        reached.push({ ...next, path: pair.path + String.fromCharCode(byte) });
      }
    }
    frontier = reached;
  }
  return undefined;
}
