import { Automaton } from './automaton.ts';
import { GlobError } from './globError.ts';
import { nfa } from './nfa.ts';
import { type GlobNode, parseGlob } from './parseGlob.ts';

/** Longer patterns are refused: nothing but an attack on the evaluator has them. Bytes. */
const longest = 1_048_576;

/** A compiled pattern of a file rule. Paths are byte strings. */
export class Pattern {
  /** The bytes that every match starts with. */
  readonly prefix: string;
  /** The pattern holds no wildcard: it matches its prefix and nothing else. */
  readonly literal: boolean;
  /** The pattern names its matches one by one: it holds alternatives at most. */
  readonly exact: boolean;
  /** The parsed pattern. */
  readonly nodes: readonly GlobNode[];
  #automaton: Automaton | undefined;

  /** Compiles a pattern with escapes decoded, variables expanded and slashes squeezed. Throws `GlobError`. */
  constructor(glob: string) {
    if (glob.length > longest) throw new GlobError(`a pattern of more than ${longest} bytes`, true);
    this.nodes = parseGlob(glob);
    let prefix = '';
    for (const node of this.nodes) {
      if (node.kind !== 'bytes') break;
      prefix += node.bytes;
    }
    this.prefix = prefix;
    this.literal = this.nodes.every((node) => node.kind === 'bytes');
    this.exact = isExact(this.nodes);
  }

  /** Whether the pattern matches the whole path. */
  matches(path: string): boolean {
    if (!path.startsWith(this.prefix)) return false;
    return this.literal ? path.length === this.prefix.length : this.automaton.matches(path);
  }

  /** For questions about sets of paths. */
  get automaton(): Automaton {
    this.#automaton ??= new Automaton(nfa(this.nodes));
    return this.#automaton;
  }
}

const isExact = (nodes: readonly GlobNode[]): boolean =>
  nodes.every((node) => node.kind === 'bytes' || (node.kind === 'alternatives' && node.branches.every(isExact)));
