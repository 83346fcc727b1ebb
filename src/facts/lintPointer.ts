import { pointerTokens } from '../model/pointer.ts';
import type { TargetKind } from '../model/subject.ts';
import { factNames } from './factNames.ts';
import { elementShape, isRepeatable, knownAttribute, knownElement } from './xml/shape.ts';

const closest = (names: Iterable<string>): string => [...names].sort().join(', ');

/** What is wrong with tokens below `/domain`, by libvirt's schema. */
const lintXml = (tokens: readonly string[]): string | undefined => {
  let parent = 'domain';
  for (const [index, token] of tokens.entries()) {
    const last = index === tokens.length - 1;
    if (token === '#text') continue;
    if (token === '*') {
      const list = tokens[index - 1];
      const holder = tokens.slice(0, index - 1).findLast((name) => name !== '*') ?? 'domain';
      if (list !== undefined && !isRepeatable('domain', holder, list)) {
        return `<${list}> does not repeat, so it is no list: name what is inside it directly`;
      }
      continue;
    }
    if (token.startsWith('@')) {
      if (!knownAttribute('domain', parent, token.slice(1))) {
        const known = closest(elementShape('domain', parent)?.attributes ?? []);
        return `<${parent}> has no attribute "${token.slice(1)}" in libvirt's schema, which knows ${known || 'none'}`;
      }
      if (!last) return `attribute ${token} has nothing inside`;
      continue;
    }
    if (!knownElement('domain', parent, token)) {
      const known = closest(elementShape('domain', parent)?.children ?? []);
      return `<${parent}> has no <${token}> in libvirt's schema, which knows ${known || 'none'}`;
    }
    if (!last && tokens[index + 1] !== '*' && isRepeatable('domain', parent, token)) {
      return `<${token}> may repeat, so it is a list: say contains or items there`;
    }
    parent = token;
  }
  return undefined;
};

const matches = (tokens: readonly string[], name: string): boolean => {
  const known = pointerTokens(name);
  return tokens.length <= known.length && tokens.every((token, index) => token === known[index]);
};

/**
 * What is wrong with a place that a rule looks at, or undefined when subjects of this kind can have it.
 *
 * @param tokens from the root of the facts; `*` stands for the items of a list
 */
export const lintPointer = (tokens: readonly string[], target: TargetKind): string | undefined => {
  const [first, ...rest] = tokens;
  if (first === undefined) return undefined;
  if (target === 'domain' && first === 'domain') return lintXml(rest);
  const names = target === 'domain' ? [...factNames.domain, ...factNames.host] : factNames.host;
  if (names.some((name) => matches(tokens, name))) return undefined;
  const all = target === 'domain' ? ['/domain', ...names] : names;
  const namesAt = (depth: number) =>
    new Set(
      all.filter((name) => matches(tokens.slice(0, depth), name)).map((name) => pointerTokens(name)[depth] ?? ''),
    );
  const known = namesAt(tokens.length - 1);
  return `no such fact; a ${target} has ${closest(known.size > 0 ? known : namesAt(0))} there`;
};
