import type { Random } from './random.ts';

/** A random piece of a pattern: its text in a policy, and strings that it (mostly) matches. */
export interface RandomGlob {
  readonly text: string;
  readonly sample: () => string;
}

const literals = 'aaaabbbcc.-_+()|^$=:~#\xc3\xa9';
/** Text and what it stands for. */
const escapes = [
  ['\\*', '*'],
  ['\\?', '?'],
  ['\\[', '['],
  ['\\]', ']'],
  ['\\{', '{'],
  ['\\}', '}'],
  ['\\,', ','],
  ['\\\\', '\\'],
  ['\\x41', 'A'],
  ['\\x2a', '*'],
  ['\\052', '*'],
  ['\\d042', '*'],
  ['\\x2f', '/'],
  ['\\57', '/'],
  ['\\n', '\n'],
  ['\\t', '\t'],
  ['\\q', 'q'],
  ['\\.', '.'],
  ['\\-', '-'],
  ['\\x7bb', '{b'],
  ['\\377', '\xff'],
  ['\\400', ' 0'],
  ['\\x20', ' '],
] as const;
const classes = [
  '[abc]',
  '[a-c]',
  '[^a]',
  '[^/]',
  '[^ab/]',
  '[/a]',
  '[-a]',
  '[a\\-c]',
  '[\\]a]',
  '[,a]',
  '[{a}]',
  '[a^]',
  '[\\^a]',
  '[c-a]',
  '[\\x41-C]',
  '[a\\x2dc]',
  '[\\,a]',
  '[\\*\\?]',
  '[.-_]',
  '[\\[b]',
  '[^^]',
  '[(|)]',
  '[\\\\a]',
  '[\\n-a]',
];

/** Makes random patterns; `variables` are names that may be referred to, with a sample of their values. */
export class GlobMaker {
  readonly #random: Random;
  readonly #variables: ReadonlyMap<string, () => string>;

  readonly #classes: readonly string[];

  /** `negate`: whether classes may be negated. */
  constructor(random: Random, variables: ReadonlyMap<string, () => string>, negate: boolean) {
    this.#classes = negate ? classes : classes.filter((text) => !/^\[\\?\^/.test(text));
    this.#random = random;
    this.#variables = variables;
  }

  /** A pattern that may stand for a path in a rule. */
  path(): RandomGlob {
    const inner = this.sequence(2, 1 + this.#random.below(9));
    // Each star may double what apparmor_parser has to build; a backslash at the end would hide the blank or quote after it.
    if ((inner.text.match(/\*+|@/g)?.length ?? 0) > 2 || inner.text.endsWith('\\')) return this.path();
    return { text: `/${inner.text}`, sample: () => `/${inner.sample()}` };
  }

  /** A sequence of pieces with braces nested up to `depth`. */
  sequence(depth: number, length: number): RandomGlob {
    const pieces = Array.from({ length }, () => this.#piece(depth));
    return {
      text: pieces.map((piece) => piece.text).join(''),
      sample: () => pieces.map((piece) => piece.sample()).join(''),
    };
  }

  #piece(depth: number): RandomGlob {
    const random = this.#random;
    const roll = random.next();
    if (roll < 0.3) return this.#literal();
    if (roll < 0.5) return { text: '/', sample: () => '/' };
    if (roll < 0.61) return { text: '*', sample: () => random.pick(['', 'a', 'b.', 'cab', '*']) };
    if (roll < 0.69)
      return { text: random.chance(0.1) ? '***' : '**', sample: () => random.pick(['', 'a', '/', 'b/', '/a', 'a/b']) };
    if (roll < 0.74) return { text: '?', sample: () => random.pick(['a', 'b', '.', '\xff', '/']) };
    if (roll < 0.82) return { text: random.pick(this.#classes), sample: () => random.pick([...'abcAB-/^,[]\\*{}\n_']) };
    if (roll < 0.88) {
      const [text, stands] = random.pick(escapes);
      return { text, sample: () => stands };
    }
    if (roll < 0.92 && this.#variables.size > 0) {
      const [name, sample] = random.pick([...this.#variables]);
      return { text: `@{${name}}`, sample };
    }
    return depth > 0 ? this.#alternatives(depth) : this.#literal();
  }

  #literal(): RandomGlob {
    const char = this.#random.pick([...literals]);
    return { text: char, sample: () => char };
  }

  #alternatives(depth: number): RandomGlob {
    const random = this.#random;
    const branches = Array.from({ length: 2 + random.below(3) }, () => this.sequence(depth - 1, random.below(4)));
    return {
      text: `{${branches.map((branch) => branch.text).join(',')}}`,
      sample: () => random.pick(branches).sample(),
    };
  }
}
