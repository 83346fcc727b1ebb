import type { GlobNode } from '../../src/apparmor/glob/parseGlob.ts';
import type { Random } from './random.ts';

/** A string that a pattern matches. */
export function samplePattern(random: Random, nodes: readonly GlobNode[]): string {
  let out = '';
  for (const node of nodes) {
    if (node.kind === 'bytes') out += node.bytes;
    else if (node.kind === 'set') out += memberOf(random, node.set);
    else if (node.kind === 'repeat') {
      for (let i = random.below(4); i > 0; i--) out += memberOf(random, node.set);
    } else out += samplePattern(random, random.pick(node.branches));
  }
  return out;
}

function memberOf(random: Random, set: Uint8Array): string {
  const likely = [...'abz019./-_ '].filter((char) => set[char.charCodeAt(0)] === 1);
  if (likely.length > 0 && random.chance(0.9)) return random.pick(likely);
  const members = [...set.keys()].filter((byte) => byte > 0 && set[byte] === 1);
  return String.fromCharCode(random.pick(members));
}
