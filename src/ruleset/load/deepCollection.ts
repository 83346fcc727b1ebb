import { CST, Parser } from 'yaml';

/**
 * Where the first list or mapping begins that lies in `depth` others or more; undefined where none does. It is looked for in
 * the concrete syntax, since the yaml package draws values from that by recursion: of text that is nested too deep it tells
 * once or several times that the stack has ended, or V8 ends the process when a regular expression is compiled just there.
 */
export const deepCollection = (text: string, depth: number): number | undefined => {
  for (const top of new Parser().parse(text)) {
    if (top.type !== 'document') continue;
    const left: { token: CST.Token | null | undefined; above: number }[] = [{ token: top.value, above: 0 }];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { token, above } = next;
      if (!CST.isCollection(token)) continue;
      if (above >= depth) return token.offset;
      // What was put there last is looked at first, so that it goes in the order of the text.
      for (const { key, value } of token.items.toReversed()) {
        left.push({ token: value, above: above + 1 }, { token: key, above: above + 1 });
      }
    }
  }
  return undefined;
};
