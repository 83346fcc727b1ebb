import type { UpgradeItem, UpgradeSummary } from '../model/report.ts';
import type { RuleInfo } from '../model/rule.ts';
import { plural } from './plural.ts';
import { printable } from './printable.ts';
import { wrap } from './wrap.ts';

const width = 100;

/** Reasons that many share are said once, with the names of all whom they concern. */
const bySaying = (items: readonly UpgradeItem[]): Map<string, { names: string[]; rules: Set<string> }> => {
  const sayings = new Map<string, { names: string[]; rules: Set<string> }>();
  for (const { target, because } of items) {
    const name = `${target.kind === 'host' ? 'host ' : ''}${printable(target.name)}`;
    for (const { rule, words } of because) {
      for (const word of words) {
        const said = sayings.get(word) ?? { names: [], rules: new Set<string>() };
        if (!said.names.includes(name)) said.names.push(name);
        said.rules.add(rule);
        sayings.set(word, said);
      }
    }
  }
  return sayings;
};

/** Names, as many as an operator reads. */
const most = 12;

const namesOf = (names: readonly string[]): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;

const indented = (text: string, indent: number): string[] =>
  wrap(text, width - indent).map((line) => `${' '.repeat(indent)}${line}`);

/** Reasons that the same targets have by the same rules: names of what is in the way, as of running domains, are one. */
const byTargets = (items: readonly UpgradeItem[]): { names: string[]; rules: string; words: string[] }[] => {
  const groups = new Map<string, { names: string[]; rules: string; words: string[] }>();
  for (const [word, { names, rules }] of bySaying(items)) {
    const isName = !/\s/.test(word);
    const key = JSON.stringify([names, [...rules], isName ? '' : word]);
    const group = groups.get(key) ?? { names, rules: [...rules].join(', '), words: [] };
    group.words.push(printable(word));
    groups.set(key, group);
  }
  return [...groups.values()];
};

/** What each rule holds to be true. */
type Titles = ReadonlyMap<string, string>;

/** A name, or a place and what was expected there: neither says by itself what is wrong. */
const needsTitle = (word: string): boolean => !/\s/.test(word) || word.startsWith('/');

/** What is wrong, in words: the reason's own, or what its rule says. */
const sentence = (words: readonly string[], rules: string, titles: Titles): string => {
  const title = words.every(needsTitle) ? titles.get(rules) : undefined;
  return `${title === undefined ? '' : `Not true: ${title}: `}${namesOf(words)} [${rules}]`;
};

/** One line for each domain and reason; what many share is gathered. */
const part = (
  titles: Titles,
  title: string,
  items: readonly UpgradeItem[],
  unseen: readonly string[] = [],
): string[] => {
  if (items.length + unseen.length === 0) return [];
  const lines = byTargets(items).flatMap(({ names, rules, words }) => [
    ...indented(namesOf(names), 4),
    ...indented(sentence(words, rules, titles), 8),
  ]);
  return [`  ${title}`, ...unseen.flatMap((word) => indented(printable(word), 4)), ...lines];
};

const domainsIn = (items: readonly UpgradeItem[]): number =>
  items.filter(({ target }) => target.kind === 'domain').length;

/** The answer before all else: what the upgrade does to whom. */
export const upgradeLines = (summary: UpgradeSummary, rules: readonly RuleInfo[]): string[] => {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const { name, qemu, domains, clear, blocked, before, later, missing, unseen, sources } = summary;
  const byRelease = name === `QEMU ${qemu}`;
  const to = `${printable(name)}${qemu === undefined || byRelease ? '' : ` (QEMU ${qemu})`}`;
  const counts = [
    `${domainsIn(blocked)} blocked`,
    `${domainsIn(before)} with work to do before`,
    `${domainsIn(later)} with what can wait`,
    `${domainsIn(missing)} of which not all is known`,
    `${clear} clear`,
  ];
  return [
    ...indented(`Upgrade to ${to}: of ${plural(domains, 'domain')}, ${counts.join(', ')}.`, 0),
    ...(byRelease
      ? indented(
          'By QEMU’s documentation alone: nothing is said of CPUs, devices and firmware. --target FILE tells of them.',
          2,
        )
      : []),
    ...part(titles, 'BLOCKED: will not start, migrate or go back there', blocked),
    ...part(titles, 'BEFORE the upgrade', before),
    ...part(titles, 'CAN WAIT', later),
    ...part(titles, 'NOT KNOWN, so no promise', missing, unseen),
    ...(sources.length === 0 ? [] : [`  Sources that failed: ${sources.map(printable).join(', ')}`]),
    '',
  ];
};
