import { CompiledDfa, type CompiledProfile } from './compiledDfa.ts';

const NAME = 4;
const STRUCT_END = 8;

/** Reads the tagged little-endian container that `apparmor_parser -S` writes: every profile with its file automaton. */
export function readCompiledPolicy(bytes: Uint8Array): CompiledProfile[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const profiles: { name: string; mode: number; dfa: CompiledDfa | undefined }[] = [];
  const nesting: string[] = [];
  let offset = 0;
  let label = '';
  let flagWords: number[] = [];
  let seenFlags = false;

  const u16 = () => view.getUint16(offset, true);
  const text = () => {
    const length = u16();
    const value = String.fromCharCode(...bytes.subarray(offset + 2, offset + 1 + length));
    offset += 2 + length;
    return value;
  };

  while (offset < bytes.length) {
    const tag = bytes[offset];
    offset += 1;
    const current = profiles.at(-1);
    if (tag === NAME) {
      label = text();
      continue;
    }
    if (tag === 0) offset += 1;
    else if (tag === 1) offset += 2;
    else if (tag === 2) {
      if (nesting.at(-1) === 'flags') flagWords.push(view.getUint32(offset, true));
      offset += 4;
    } else if (tag === 3) offset += 8;
    else if (tag === 5) {
      const value = text();
      if (nesting.length === 1 && nesting[0] === 'profile' && current?.name === '') current.name = value;
    } else if (tag === 6) {
      const length = view.getUint32(offset, true);
      const blob = bytes.subarray(offset + 4, offset + 4 + length);
      offset += 4 + length;
      if (label === 'aadfa' && nesting.length === 1 && seenFlags && current) current.dfa = new CompiledDfa(unpad(blob));
    } else if (tag === 7) {
      nesting.push(label);
      if (label === 'profile') {
        profiles.push({ name: '', mode: 0, dfa: undefined });
        seenFlags = false;
      }
    } else if (tag === STRUCT_END) {
      if (nesting.pop() === 'flags' && current) {
        current.mode = flagWords[1] ?? 0;
        flagWords = [];
        seenFlags = true;
      }
    } else if (tag === 11) offset += 2;
    else if (tag !== 9 && tag !== 10 && tag !== 12) throw new Error(`unknown tag ${tag} at ${offset}`);
    label = '';
  }
  return profiles;
}

/** The automaton starts at the next multiple of eight bytes of the file, so zero bytes may come first. */
function unpad(blob: Uint8Array): Uint8Array {
  let start = 0;
  while (start < blob.length - 4 && !(blob[start] === 0x1b && blob[start + 1] === 0x5e && blob[start + 2] === 0x78))
    start++;
  return blob.subarray(start);
}
