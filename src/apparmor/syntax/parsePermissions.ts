/** The permissions of a file rule. */
export interface Permissions {
  /** Subset of `rwalkmx`, each once; `w` and `ix` bring their `a` and `m`. */
  readonly letters: string;
  /** What comes before `x`, lower case: `p`, `i`, `pi`…; empty for a bare `x` and without exec. */
  readonly execMode: string;
  /** `m` is there only because an inherited exec brings it; `audit` does not extend to it. */
  readonly impliesMap: boolean;
  /** The mode was written in lower case: the environment is kept. */
  readonly unsafe: boolean;
}

/** Reads a permission word such as `rwPix` (apparmor.d(5), "Access Permission Modes"); a string says what is wrong with it. */
export function parsePermissions(word: string): Permissions | string {
  const letters = new Set<string>();
  let exec: string | undefined;
  for (const [part, mode] of word.matchAll(/([pc][iu]?|[iu])?x|[a-z]/gi)) {
    if (/x$/i.test(part)) {
      if (exec !== undefined && exec !== (mode ?? '')) return 'two exec modes in one rule';
      exec = mode ?? '';
      letters.add('x');
    } else if (/[puci]/i.test(part)) return `"${part}" needs an "x" after it`;
    else letters.add(part.toLowerCase());
  }
  if (letters.has('w') && letters.has('a')) return '"w" and "a" exclude each other';
  if (letters.has('w')) letters.add('a');
  const impliesMap = /i$/i.test(exec ?? '') && !letters.has('m');
  if (impliesMap) letters.add('m');
  const execMode = (exec ?? '').toLowerCase();
  const known = [...'rwalkmx'].filter((letter) => letters.has(letter)).join('');
  return { letters: known, execMode, impliesMap, unsafe: /^[puc]/.test(exec ?? '') };
}
