import type { Random } from '../../apparmor/random.ts';
import { GlobMaker } from '../../apparmor/randomGlob.ts';

/** A random profile and a maker of paths that its rules may match. */
export interface RandomProfile {
  readonly text: string;
  /** It can be asked about links. A negated class would match the NUL between a link and its target, so it has none then. */
  readonly links: boolean;
  readonly sample: () => string;
}

/** Patterns that meet with what others match, so that rules come to contradict each other. */
const broad = ['/**', '/*', '/{,**}', '/**/', '/?*', '/[a-c]**', '/**[abc]', '/*/**', '/{a,b,c}*'];

const quoted = (random: Random, text: string): string => (random.chance(0.3) || /[,#]/.test(text) ? `"${text}"` : text);

const randomRule = (random: Random, pattern: string, deny: boolean): string => {
  const letters = ['r', 'k', 'l', 'm', random.pick(['w', 'w', 'a'])].filter(() => random.chance(0.7));
  const permissions = letters.join('') || 'w';
  const path = quoted(random, `/t${pattern}`);
  const words = [random.chance(deny ? 0.4 : 0.1) && 'audit', deny && 'deny', random.chance(0.3) && 'owner'];
  const rule = random.chance(0.2) ? `${permissions} ${path},` : `${path} ${permissions},`;
  return [...words.filter((word) => word !== false), rule].join(' ');
};

/** A profile about paths below /t; about all else than files it allows everything. */
export const randomProfile = (random: Random, name: string, flags = ''): RandomProfile => {
  const links = random.chance(0.6);
  const maker = new GlobMaker(random, new Map(), !links);
  const globs = Array.from({ length: 3 + random.below(3) }, () => maker.path());
  const rules = globs.map(({ text }) => randomRule(random, text, random.chance(0.35)));
  for (let i = 1 + random.below(2); i > 0; i--) rules.push(randomRule(random, random.pick(broad), random.chance(0.25)));
  const head = flags === '' ? `profile ${name} {` : `profile ${name} flags=(${flags}) {`;
  const text = `${[head, 'capability,', 'network,', ...rules].join('\n  ')}\n}\n`;
  return { text, links, sample: () => random.pick(globs).sample() };
};
