import { Automaton, type AutomatonState, AutomatonTooLarge } from '../glob/automaton.ts';
import type { Pattern } from '../glob/pattern.ts';
import { representatives } from '../glob/representatives.ts';

/** More joint states than this are not explored; a question about a real policy needs some hundreds. */
const mostJointStates = 200_000;

const slash = 47;

/** Where all automata are after some path: that of the set first. Whether the path ends in a slash is part of it. */
interface Joint {
  readonly states: readonly AutomatonState[];
  readonly afterSlash: boolean;
  /** How it was reached, for the path. */
  readonly from: Joint | undefined;
  readonly byte: number;
}

const pathTo = (end: Joint): string => {
  const bytes: number[] = [];
  for (let at: Joint | undefined = end; at?.from !== undefined; at = at.from) bytes.push(at.byte);
  return String.fromCharCode(...bytes.reverse());
};

/** One joint after each byte of `path`. */
const along = (path: string, automata: readonly Automaton[]): Joint => {
  let at: Joint = { states: automata.map(() => Automaton.start), afterSlash: false, from: undefined, byte: 0 };
  for (let i = 0; i < path.length; i++) {
    const byte = path.charCodeAt(i);
    at = { states: step(automata, at, byte), afterSlash: byte === slash, from: at, byte };
  }
  return at;
};

const step = (automata: readonly Automaton[], { states }: Joint, byte: number): AutomatonState[] =>
  automata.map((automaton, index) => automaton.step(states[index] ?? Automaton.dead, byte));

/**
 * A shortest path that `set` matches and that is `sought`; undefined when there is none. Walks the automata of the set and
 * of all rules together, breadth first, over one byte of each class that they tell apart: exact, since two paths that
 * lead to the same joint state are decided alike. Only paths that the kernel can ask about count: absolute, without `//`.
 *
 * @param sought takes which of `rules` match a path
 * @throws AutomatonTooLarge
 */
export function sweepPaths(
  set: Pattern,
  rules: readonly Pattern[],
  sought: (matches: (rule: number) => boolean) => boolean,
): string | undefined {
  const automata = [set, ...rules].map(({ automaton }) => automaton);
  const bytes = representatives(automata);
  // What all of the set begins with needs no search, but for its last byte, after which a path may end.
  const prefix = /^(?:\/[^/]+)*\/?/.exec(set.prefix)?.[0].slice(0, -1) ?? '';
  const seen = new Set<string>();
  let frontier = [along(prefix, automata)];
  while (frontier.length > 0) {
    const next: Joint[] = [];
    for (const joint of frontier) {
      for (const byte of bytes) {
        if (joint.from === undefined ? byte !== slash : joint.afterSlash && byte === slash) continue;
        const states = step(automata, joint, byte);
        if (states[0] === Automaton.dead) continue;
        const reached: Joint = { states, afterSlash: byte === slash, from: joint, byte };
        const key = `${reached.afterSlash}${states.join()}`;
        if (seen.has(key)) continue;
        if (seen.size >= mostJointStates) throw new AutomatonTooLarge('too many joint states');
        seen.add(key);
        const accepted = (index: number) => automata[index]?.accepts(states[index] ?? Automaton.dead) ?? false;
        if (accepted(0) && sought((rule) => accepted(rule + 1))) return pathTo(reached);
        next.push(reached);
      }
    }
    frontier = next;
  }
  return undefined;
}
