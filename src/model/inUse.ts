/** Values by key from one round to the next. What a round does not ask for is gone after it, so that nothing piles up. */
export class InUse<Value> {
  #before = new Map<string, Value>();
  #now = new Map<string, Value>();

  /** The value of this round; the first to ask makes it, from that of the last round where there was one. */
  get(key: string, make: (before: Value | undefined) => Value): Value {
    const known = this.#now.get(key);
    if (known !== undefined) return known;
    const made = make(this.#before.get(key));
    this.#now.set(key, made);
    return made;
  }

  /** The value where it is known from this round or the last. */
  find(key: string): Value | undefined {
    const known = this.#now.get(key);
    if (known !== undefined) return known;
    const before = this.#before.get(key);
    if (before !== undefined) this.#now.set(key, before);
    return before;
  }

  /** Keeps a value that was not found. */
  keep(key: string, value: Value): void {
    this.#now.set(key, value);
  }

  /** A key that nobody has asked for in this round: `key` itself unless two things go by it. */
  unused(key: string): string {
    let unused = key;
    while (this.#now.has(unused)) unused += '\n';
    return unused;
  }

  endRound(): void {
    this.#before = this.#now;
    this.#now = new Map();
  }

  /** How many values are kept. */
  get size(): number {
    return new Set([...this.#before.keys(), ...this.#now.keys()]).size;
  }
}
