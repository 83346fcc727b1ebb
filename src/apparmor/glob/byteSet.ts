/** A set of bytes: 256 entries, 1 for a member. */
export type ByteSet = Uint8Array;

/** The set of the bytes in `members`, a byte string. */
export function byteSet(members: Iterable<string>): ByteSet {
  const set = new Uint8Array(256);
  for (const member of members) set[member.charCodeAt(0)] = 1;
  return set;
}

/** All bytes that are not in `set`. */
export function complement(set: ByteSet): ByteSet {
  return set.map((member) => 1 - member);
}
