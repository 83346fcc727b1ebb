import type { ByteSet } from './byteSet.ts';
import type { GlobNode } from './parseGlob.ts';

/** What a state waits for. `repeat` stays on its set and may be left at any time; `split` and `accept` take no byte. */
export const Op = { byte: 0, set: 1, repeat: 2, split: 3, accept: 4 } as const;

/** A non-deterministic automaton over bytes. A state is an index into the arrays; its loops are only `repeat`s on themselves. */
export interface Nfa {
  readonly start: number;
  /** One of `Op` for each state. */
  readonly op: Uint8Array;
  /** The byte, the index into `sets`, or the index into `branches`. */
  readonly argument: Int32Array;
  /** The state that follows. */
  readonly next: Int32Array;
  readonly sets: readonly ByteSet[];
  readonly branches: readonly (readonly number[])[];
}

/** Builds the automaton of a parsed pattern, from its end to its start; its size is that of the pattern. */
export function nfa(nodes: readonly GlobNode[]): Nfa {
  const op: number[] = [];
  const argument: number[] = [];
  const next: number[] = [];
  const sets: ByteSet[] = [];
  const branches: number[][] = [];

  const state = (kind: number, value: number, follower: number): number => {
    op.push(kind);
    argument.push(value);
    next.push(follower);
    return op.length - 1;
  };
  const indexOf = (set: ByteSet): number => {
    const known = sets.indexOf(set);
    return known >= 0 ? known : sets.push(set) - 1;
  };
  const build = (sequence: readonly GlobNode[], follower: number): number => {
    let current = follower;
    for (let i = sequence.length - 1; i >= 0; i--) {
      const node = sequence[i];
      if (node?.kind === 'bytes') {
        for (let j = node.bytes.length - 1; j >= 0; j--) current = state(Op.byte, node.bytes.charCodeAt(j), current);
      } else if (node?.kind === 'set') current = state(Op.set, indexOf(node.set), current);
      else if (node?.kind === 'repeat') current = state(Op.repeat, indexOf(node.set), current);
      else if (node?.kind === 'alternatives') {
        const after = current;
        const starts = node.branches.map((branch) => build(branch, after));
        current = state(Op.split, branches.push(starts) - 1, -1);
      }
    }
    return current;
  };

  const start = build(nodes, state(Op.accept, 0, -1));
  return {
    start,
    op: Uint8Array.from(op),
    argument: Int32Array.from(argument),
    next: Int32Array.from(next),
    sets,
    branches,
  };
}
