import type { PolicyChange } from '../override.ts';
import type { PolicySource } from '../policySource.ts';

const textOf = (source: PolicySource, file: string): string => {
  const content = source.read(file);
  return content !== undefined && 'text' in content ? content.text : '';
};

/** Where a line begins, counted from 1. */
const startOf = (text: string, line: number): number => {
  let at = 0;
  for (let i = 1; i < line && at >= 0; i++) at = text.indexOf('\n', at) + 1 || -1;
  return at < 0 ? text.length : at;
};

/** The text without the rule; the lines of what follows stay the same. */
const without = (text: string, line: number, rule: string): string => {
  const at = text.indexOf(rule, startOf(text, line));
  return at < 0 ? text : text.slice(0, at) + rule.replace(/[^\n]/g, ' ') + text.slice(at + rule.length);
};

const apply = (text: string, { change, line, text: rule }: PolicyChange): string => {
  if (change === 'remove') return without(text, line, rule);
  if (line === 0) return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${rule}\n`;
  const at = startOf(text, line + 1);
  return `${text.slice(0, at)}${rule}\n${text.slice(at)}`;
};

/** The policy as it would be after the changes; nothing is written. */
export function changedSource(source: PolicySource, changes: readonly PolicyChange[]): PolicySource {
  const texts = new Map<string, string>();
  for (const change of changes) {
    texts.set(change.file, apply(texts.get(change.file) ?? textOf(source, change.file), change));
  }
  return {
    read: (path) => {
      const text = texts.get(path);
      return text === undefined ? source.read(path) : { text };
    },
    list: (path) => {
      const made = [...texts.keys()].filter((file) => file.slice(0, file.lastIndexOf('/')) === path);
      const listed = source.list(path);
      if (listed === undefined && made.length === 0) return undefined;
      return [...new Set([...(listed ?? []), ...made.map((file) => file.slice(path.length + 1))])];
    },
  };
}
