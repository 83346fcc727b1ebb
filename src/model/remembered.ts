/** `make`, done once for each thing for as long as that lives: of the very same object it gives the very same result. */
export const remembered = <Thing extends object, Result extends NonNullable<unknown>>(
  make: (thing: Thing) => Result,
): ((thing: Thing) => Result) => {
  const known = new WeakMap<Thing, Result>();
  return (thing) => {
    const before = known.get(thing);
    if (before !== undefined) return before;
    const made = make(thing);
    known.set(thing, made);
    return made;
  };
};
