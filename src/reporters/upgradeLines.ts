import type { UpgradeItem, UpgradeSummary } from '../model/report.ts';
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

/** One line for each domain and reason; what many share is gathered. */
const part = (title: string, items: readonly UpgradeItem[], unseen: readonly string[] = []): string[] => {
  if (items.length + unseen.length === 0) return [];
  const lines = byTargets(items).flatMap(({ names, rules, words }) => [
    ...indented(namesOf(names), 4),
    ...indented(`${namesOf(words)} [${rules}]`, 8),
  ]);
  return [`  ${title}`, ...unseen.flatMap((word) => indented(printable(word), 4)), ...lines];
};

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const domainsIn = (items: readonly UpgradeItem[]): number =>
  items.filter(({ target }) => target.kind === 'domain').length;

/** The answer before all else: what the upgrade does to whom. */
export const upgradeLines = (summary: UpgradeSummary): string[] => {
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
      ? ['  By QEMU’s documentation alone: nothing is said of CPUs, devices and firmware. --target FILE tells of them.']
      : []),
    ...part('BLOCKED: will not start, migrate or go back there', blocked),
    ...part('BEFORE the upgrade', before),
    ...part('CAN WAIT', later),
    ...part('NOT KNOWN, so no promise', missing, unseen),
    ...(sources.length === 0 ? [] : [`  Sources that failed: ${sources.map(printable).join(', ')}`]),
    '',
  ];
};
