import type { Random } from './random.ts';

const bytes = [...'abc/.-*A,[]{}\\^ \n\xff'];

/** Changes a path a little, to hit the edge of what a pattern matches. */
export function mutate(random: Random, path: string): string {
  let out = path;
  for (let i = random.chance(0.4) ? 0 : 1 + random.below(2); i > 0; i--) {
    const at = random.below(out.length + 1);
    const roll = random.below(5);
    if (roll === 0) out = out.slice(0, at) + random.pick(bytes) + out.slice(at);
    else if (roll === 1) out = out.slice(0, at) + out.slice(at + 1);
    else if (roll === 2) out = out.slice(0, at) + random.pick(bytes) + out.slice(at + 1);
    else if (roll === 3) out = out.slice(0, at);
    else out += random.pick(['/', 'a', '/a']);
  }
  return random.chance(0.8) ? out.replace(/\/{2,}/g, '/') : out;
}
