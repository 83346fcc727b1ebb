/** `make`, done once for each thing for as long as that lives: of the very same object it gives the very same result. */
export const remembered = <Thing extends object, Result extends NonNullable<unknown>>(
  make: (thing: Thing) => Result,
): ((thing: Thing) => Result) => {
  const known = new WeakMap<Thing, Result>();
  // Most often the same is asked for many times on end, and a map takes ten times as long.
  let last: { thing: Thing; result: Result } | undefined;
  return (thing) => {
    if (last?.thing === thing) return last.result;
    const result = known.get(thing) ?? make(thing);
    known.set(thing, result);
    last = { thing, result };
    return result;
  };
};
