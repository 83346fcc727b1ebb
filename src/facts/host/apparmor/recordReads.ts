import type { PolicySource } from '../../../apparmor/index.ts';

type Read = ReturnType<PolicySource['read']>;
type List = ReturnType<PolicySource['list']>;

/** A source that remembers what it was asked and what it said. */
export interface RecordedSource extends PolicySource {
  /**
   * Goes on with another source, if that would have given all the answers that were given until now, so that what was
   * made of them is still true; false if not.
   */
  goOnWith(other: PolicySource): boolean;
}

const sameRead = (a: Read, b: Read): boolean => {
  if (a === undefined || b === undefined) return a === b;
  if ('text' in a) return 'text' in b && a.text === b.text;
  return 'unreadable' in b && a.unreadable === b.unreadable;
};

const sameList = (a: List, b: List): boolean =>
  a === b || (a?.length === b?.length && (a ?? []).every((name, index) => name === b?.[index]));

/** A source with a record of every answer. */
export const recordReads = (first: PolicySource): RecordedSource => {
  let source = first;
  const reads = new Map<string, Read>();
  const lists = new Map<string, List>();
  return {
    read: (path) => {
      if (!reads.has(path)) reads.set(path, source.read(path));
      return reads.get(path);
    },
    list: (path) => {
      if (!lists.has(path)) lists.set(path, source.list(path));
      return lists.get(path);
    },
    goOnWith: (other) => {
      const same =
        [...reads].every(([path, answer]) => sameRead(answer, other.read(path))) &&
        [...lists].every(([path, answer]) => sameList(answer, other.list(path)));
      if (same) source = other;
      return same;
    },
  };
};
