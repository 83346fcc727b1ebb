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

  /** Whether the value is known from this round or the last. */
  has(key: string): boolean {
    return this.#now.has(key) || this.#before.has(key);
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
