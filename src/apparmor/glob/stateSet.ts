import { type Nfa, Op } from './nfa.ts';

/** The states an automaton may be in at once, as sorted indices: none of them a split, all of them reached without a byte. */
export type StateSet = Int32Array;

/** Moves sets of states of one automaton; each step costs at most the size of the automaton. */
export class StateSets {
  readonly #nfa: Nfa;
  readonly #seen: Uint8Array;

  constructor(nfa: Nfa) {
    this.#nfa = nfa;
    this.#seen = new Uint8Array(nfa.op.length);
  }

  /** The states before the first byte. */
  start(): StateSet {
    return this.#close([this.#nfa.start]);
  }

  /** The states after `byte`; empty when nothing can match any more. */
  step(from: StateSet, byte: number): StateSet {
    const { op, argument, next, sets } = this.#nfa;
    const reached: number[] = [];
    for (const state of from) {
      const kind = op[state];
      const value = argument[state] ?? 0;
      if (kind === Op.byte) {
        if (value === byte) reached.push(next[state] ?? 0);
      } else if ((kind === Op.set || kind === Op.repeat) && sets[value]?.[byte] === 1) {
        reached.push(kind === Op.set ? (next[state] ?? 0) : state);
      }
    }
    return this.#close(reached);
  }

  /** Whether the whole input matches when it ends here. */
  accepts(states: StateSet): boolean {
    return states.some((state) => this.#nfa.op[state] === Op.accept);
  }

  /** Adds what is reached without a byte. Works on a list of its own, so that no pattern can exhaust the stack. */
  #close(pending: number[]): StateSet {
    const { op, argument, next, branches } = this.#nfa;
    const seen = this.#seen;
    const visited: number[] = [];
    const members: number[] = [];
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      if (seen[state] === 1) continue;
      seen[state] = 1;
      visited.push(state);
      if (op[state] === Op.split) {
        for (const start of branches[argument[state] ?? 0] ?? []) pending.push(start);
      } else {
        members.push(state);
        if (op[state] === Op.repeat) pending.push(next[state] ?? 0);
      }
    }
    for (const state of visited) seen[state] = 0;
    return Int32Array.from(members).sort();
  }
}
