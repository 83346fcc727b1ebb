import type { ByteSet } from './byteSet.ts';
import { type Nfa, Op } from './nfa.ts';
import { type StateSet, StateSets } from './stateSet.ts';

/** A deterministic state, numbered as it is met: `Automaton.dead`, `Automaton.start`, or what `step` returned. */
export type AutomatonState = number;

/** More deterministic states than this are not kept; a pattern of real policies needs a few dozen. */
const mostStates = 4096;
/** Nor are states that stand for more positions in the pattern than this. */
const mostPositions = 65_536;

/** An automaton became too large to go on. */
export class AutomatonTooLarge extends Error {}

/**
 * The deterministic automaton of a pattern, made state by state as it is asked for. For questions about all paths at once,
 * walk it together with others through `step` and `accepts`, over the bytes that `representatives` leaves to try.
 */
export class Automaton {
  /** Nothing matches from here. */
  static readonly dead: AutomatonState = 0;
  /** Before the first byte. */
  static readonly start: AutomatonState = 1;

  readonly #nfa: Nfa;
  readonly #sets: StateSets;
  readonly #members: StateSet[];
  readonly #numbers = new Map<string, AutomatonState>();
  /** 256 entries for each state: 0 not yet known, else the state plus one. */
  readonly #steps: (Uint16Array | undefined)[] = [];
  readonly #accepting: boolean[];

  constructor(nfa: Nfa) {
    this.#nfa = nfa;
    this.#sets = new StateSets(nfa);
    const start = this.#sets.start();
    this.#members = [new Int32Array(0), start];
    this.#accepting = [false, this.#sets.accepts(start)];
    this.#numbers.set(start.join(), Automaton.start);
    this.#numbers.set('', Automaton.dead);
  }

  /** The state after `byte`. Throws `AutomatonTooLarge`. */
  step(state: AutomatonState, byte: number): AutomatonState {
    if (state === Automaton.dead) return Automaton.dead;
    let row = this.#steps[state];
    if (row === undefined) {
      row = new Uint16Array(256);
      this.#steps[state] = row;
    }
    const known = row[byte] ?? 0;
    if (known !== 0) return known - 1;
    const reached = this.#number(this.#sets.step(this.#members[state] ?? new Int32Array(0), byte));
    row[byte] = reached + 1;
    return reached;
  }

  /** Whether what led here matches the pattern. */
  accepts(state: AutomatonState): boolean {
    return this.#accepting[state] ?? false;
  }

  /** Whether the pattern matches all of `path`, a byte string. Never throws: a large automaton only costs time. */
  matches(path: string): boolean {
    let state = Automaton.start;
    try {
      for (let i = 0; i < path.length && state !== Automaton.dead; i++) state = this.step(state, path.charCodeAt(i));
      return this.accepts(state);
    } catch (error) {
      if (!(error instanceof AutomatonTooLarge)) throw error;
      return this.#simulate(path);
    }
  }

  /** The bytes and sets of bytes that the pattern tells apart. */
  alphabet(): { readonly bytes: ReadonlySet<number>; readonly sets: readonly ByteSet[] } {
    const bytes = new Set<number>();
    this.#nfa.op.forEach((kind, state) => {
      if (kind === Op.byte) bytes.add(this.#nfa.argument[state] ?? 0);
    });
    return { bytes, sets: this.#nfa.sets };
  }

  #simulate(path: string): boolean {
    let states = this.#sets.start();
    for (let i = 0; i < path.length && states.length > 0; i++) states = this.#sets.step(states, path.charCodeAt(i));
    return this.#sets.accepts(states);
  }

  #number(members: StateSet): AutomatonState {
    if (members.length > mostPositions) throw new AutomatonTooLarge('too many positions');
    const key = members.join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.#members.length >= mostStates) throw new AutomatonTooLarge('too many states');
    const number = this.#members.push(members) - 1;
    this.#accepting[number] = this.#sets.accepts(members);
    this.#numbers.set(key, number);
    return number;
  }
}
