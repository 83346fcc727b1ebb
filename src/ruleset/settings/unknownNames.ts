import { toPointer } from '../../model/pointer.ts';
import type { Rule } from '../../model/rule.ts';
import type { Config, SettingsFile } from './settings.ts';

/** A name in a file of settings: where it stands and what it would have to be the name of. */
interface Named {
  at: readonly (string | number)[];
  kind: 'rule' | 'tag';
  name: string;
}

const namesIn = ({ skip = [], skipTags = [], severities = {}, waivers = [] }: Config): Named[] => [
  ...skip.map((name, index): Named => ({ at: ['skip', index], kind: 'rule', name })),
  ...skipTags.map((name, index): Named => ({ at: ['skipTags', index], kind: 'tag', name })),
  ...Object.keys(severities).map((name): Named => ({ at: ['severities', name], kind: 'rule', name })),
  ...waivers.map(({ rule }, index): Named => ({ at: ['waivers', index, 'rule'], kind: 'rule', name: rule })),
];

const advice = { rule: 'virt-audit rules list shows them all', tag: 'virt-audit rules list --tags shows them all' };

/** One line for every rule or tag that a profile or a configuration names and that is none, and for waivers that can't hold. */
export const unknownNames = ({ path, settings, lineOf }: SettingsFile<Config>, rules: readonly Rule[]): string[] => {
  const known = {
    rule: new Map(rules.map((rule) => [rule.id, rule])),
    tag: new Set(rules.flatMap(({ tags }) => tags)),
  };
  const unknown = namesIn(settings)
    .filter(({ kind, name }) => !known[kind].has(name))
    .map(({ at, kind, name }) => `${path}:${lineOf(toPointer(at))}: unknown ${kind} "${name}"; ${advice[kind]}`);
  const misplaced = (settings.waivers ?? []).flatMap(({ rule, domains }, index) => {
    const target = known.rule.get(rule)?.target;
    if (target === undefined || (target === 'domain') === (domains !== undefined)) return [];
    const instead = target === 'host' ? 'host: true instead of domains' : 'domains instead of host';
    const line = lineOf(toPointer(['waivers', index, target === 'host' ? 'domains' : 'host']));
    return [`${path}:${line}: waivers.${index}: rule "${rule}" judges the ${target}; say ${instead}`];
  });
  return [...unknown, ...misplaced];
};
