import type { Random } from './random.ts';
import { GlobMaker, type RandomGlob } from './randomGlob.ts';

/** A random policy that apparmor_parser accepts, mostly. */
export interface RandomPolicy {
  readonly text: string;
  /** It has rules about links. A negated class would match the NUL between a link and its target, so it has none then. */
  readonly links: boolean;
  /** The files it includes, by their path in the policy directory. */
  readonly files: Readonly<Record<string, string>>;
  /** For each profile, makers of paths that its rules may match. */
  readonly profiles: ReadonlyMap<string, readonly (() => string)[]>;
}

const variableNames = ['ONE', 'TWO', 'MANY', 'NESTED', 'DIRS'];

/** A policy of `count` profiles named p0, p1, … */
export function randomPolicy(random: Random, count: number): RandomPolicy {
  const variables = new Map<string, () => string>();
  const preamble: string[] = [];
  const links = random.chance(0.3);
  for (const name of variableNames) {
    const maker = new GlobMaker(random, name === 'NESTED' ? variables : new Map(), !links);
    const values = Array.from({ length: name === 'ONE' ? 1 : 1 + random.below(3) }, () =>
      variableValue(random, maker, name),
    );
    preamble.push(`@{${name}} = ${values.map((value) => spell(random, value.text)).join(' ')}`);
    if (random.chance(0.3)) {
      const more = variableValue(random, maker, name);
      values.push(more);
      preamble.push(`@{${name}} += ${spell(random, more.text)}`);
    }
    variables.set(name, () => random.pick(values).sample());
  }
  if (random.chance(0.4)) preamble.push('alias /a/ -> /b/,', 'alias /b -> /c/a,');

  const files: Record<string, string> = {};
  const shared: RandomGlob[] = [];
  const maker = new GlobMaker(random, variables, !links);
  for (const name of ['inner', 'dir/one', 'dir/two', 'outer']) {
    const rules = randomRules(random, maker, 2);
    shared.push(...rules.globs);
    files[name] = `${name === 'outer' ? 'include <inner>\n#include <dir>\n' : ''}${rules.text}`;
  }
  const profiles = new Map<string, readonly (() => string)[]>();
  let text = `${preamble.join('\n')}\n`;
  for (let i = 0; i < count; i++) {
    const rules = randomRules(random, maker, 1 + random.below(5));
    const include = random.chance(0.3) ? `include <${random.pick(['inner', 'dir', 'outer'])}>\n` : '';
    text += `profile p${i} {\n${include}${rules.text}}\n`;
    profiles.set(
      `p${i}`,
      [...rules.globs, ...(include ? shared : [])].map((glob) => glob.sample),
    );
  }
  return { text, links, files, profiles };
}

function variableValue(random: Random, maker: GlobMaker, name: string): RandomGlob {
  const glob = maker.sequence(1, 1 + random.below(4));
  if ((glob.text.match(/\*+|@/g)?.length ?? 0) > 1 || glob.text.endsWith('\\'))
    return variableValue(random, maker, name);
  const slash = () => (name === 'DIRS' && random.chance(0.7) ? '/' : '');
  const [before, after] = [slash(), slash()];
  return { text: before + glob.text + after, sample: () => before + glob.sample() + after };
}

function randomRules(random: Random, maker: GlobMaker, count: number): { text: string; globs: RandomGlob[] } {
  const globs: RandomGlob[] = [];
  let text = '';
  for (let i = 0; i < count; i++) {
    const glob = maker.path();
    globs.push(glob);
    text += `${randomRule(random, spell(random, glob.text))}\n`;
  }
  return { text, globs };
}

function randomRule(random: Random, path: string): string {
  const deny = random.chance(0.3);
  const letters = ['r', 'k', 'l', 'm', random.pick(['w', 'a']), deny ? 'x' : 'ix'].filter(() => random.chance(0.6));
  const permissions = letters.join('') || 'r';
  const words = [random.chance(0.2) && 'audit', deny && 'deny', random.chance(0.3) && 'owner'];
  const rule = random.chance(0.2) ? `${permissions} ${path},` : `${path} ${permissions},`;
  return [...words.filter((word) => word !== false), rule].join(' ');
}

/** Quotes text where it must be, and sometimes where it need not be. */
function spell(random: Random, text: string): string {
  return text === '' || random.chance(0.2) || /,,|,$/.test(text) ? `"${text}"` : text;
}
