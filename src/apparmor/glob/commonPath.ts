import { Automaton, AutomatonTooLarge } from './automaton.ts';
import { representatives } from './representatives.ts';

/** Pairs of states tried before the search gives up. */
const mostPairs = 20_000;

/** A shortest byte string that both patterns match; undefined when there is none. Throws `AutomatonTooLarge`. */
export function commonPath(left: Automaton, right: Automaton): string | undefined {
  const bytes = representatives([left, right]);
  const seen = new Set<number>();
  let frontier = [{ left: Automaton.start, right: Automaton.start, path: '' }];
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
