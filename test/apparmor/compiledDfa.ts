/** One profile of a compiled policy: the automaton the kernel walks for file access, and the flags the kernel reads. */
export interface CompiledProfile {
  readonly name: string;
  /** 0 enforce, 1 complain, 2 kill, 3 unconfined, 4 prompt. */
  readonly mode: number;
  readonly dfa: CompiledDfa | undefined;
}

/** The accept words of the state that a path leads to: bits as apparmor_parser packs them without kernel features. */
export interface AcceptWords {
  readonly allow: number;
  readonly audit: number;
}

const bitOf = { x: 0x1, w: 0x2, r: 0x4, a: 0x8, l: 0x10, k: 0x20, m: 0x40 } as const;

/** A flex-style automaton in the kernel's layout (Documentation of the format: the kernel's security/apparmor/match.c). */
export class CompiledDfa {
  readonly #table = new Map<number, Uint8Array | Uint16Array | Uint32Array>();

  constructor(blob: Uint8Array) {
    const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
    if (view.getUint32(0) !== 0x1b5e783d) throw new Error('not an AppArmor automaton');
    let offset = view.getUint32(4);
    const end = view.getUint32(8);
    while (offset < end && offset + 12 <= blob.byteLength) {
      const id = view.getUint16(offset);
      const width = view.getUint16(offset + 2);
      const count = view.getUint32(offset + 8);
      const data = width === 1 ? new Uint8Array(count) : width === 2 ? new Uint16Array(count) : new Uint32Array(count);
      for (let i = 0; i < count; i++) {
        const at = offset + 12 + i * width;
        data[i] = width === 1 ? view.getUint8(at) : width === 2 ? view.getUint16(at) : view.getUint32(at);
      }
      this.#table.set(id, data);
      offset = Math.ceil((offset + 12 + count * width) / 8) * 8;
    }
  }

  #at(table: number, index: number): number {
    return this.#table.get(table)?.[index] ?? 0;
  }

  /** Whether the equivalence classes table is there. */
  #class(byte: number): number {
    return this.#table.has(5) ? this.#at(5, byte) : byte;
  }

  /** Walks `path` (a byte string) from the start state. */
  walk(path: string): AcceptWords {
    let state = 1;
    for (let i = 0; i < path.length && state !== 0; i++) {
      const klass = this.#class(path.charCodeAt(i));
      for (;;) {
        const base = this.#at(2, state);
        const position = (base & 0xffffff) + klass;
        if (this.#at(3, position) === state) {
          state = this.#at(8, position);
          break;
        }
        const fallback = this.#at(4, state);
        state = fallback;
        if ((base & 0x80000000) === 0) break;
      }
    }
    return { allow: this.#at(1, state), audit: this.#at(7, state) };
  }

  /** What the compiled policy says of one access. */
  decide(
    path: string,
    access: keyof typeof bitOf,
    owner: boolean,
  ): { allow: boolean; audited: boolean; quiet: boolean } {
    const words = this.walk(path);
    const bit = bitOf[access];
    return {
      allow: ((words.allow >>> (owner ? 0 : 14)) & bit) !== 0,
      audited: ((words.audit >>> (owner ? 0 : 14)) & bit) !== 0,
      quiet: ((words.audit >>> (owner ? 7 : 21)) & bit) !== 0,
    };
  }
}
