import { type SettledRules, settledRules } from '../auditor/settledRules.ts';
import { InputError } from '../model/inputError.ts';
import type { Rule } from '../model/rule.ts';
import { wrap } from '../reporters/wrap.ts';
import { explainRule } from '../ruleset/explain/ruleExplanation.ts';
import { readConfig } from './readConfig.ts';

const width = 100;

const section = (title: string, text: string): string =>
  `${title}\n${wrap(text, width - 2)
    .map((line) => `  ${line}`.trimEnd())
    .join('\n')}\n`;

/** Lines that are to stay as they are. */
const verbatim = (title: string, text: string): string => `${title}\n${text.replaceAll(/^(?=.)/gm, '    ')}\n`;

/** Where the remedy is a change of the XML, it need not be typed. */
const byDiff = ({ id, fix }: Rule): string =>
  fix === undefined
    ? ''
    : `\nThe same as a diff of a domain's XML, which is printed and written nowhere:\n  virt-audit rules show ${id} --fix DOMAIN.xml`;

/** The rule's explanation as plain text. */
export const ruleText = (rule: Rule): string => {
  const { title, about, applies, expects, rationale, remediation, references, example } = explainRule(rule);
  return [
    `${rule.id}: ${title}\n  ${about}\n  ${rule.file}\n`,
    section('Why', rationale),
    section('What to do', `${remediation}${byDiff(rule)}`),
    section('Applies', applies),
    section('Expects', expects),
    verbatim('Fails on, for example', example),
    `See\n${references.map((line) => `  ${line}`).join('\n')}\n`,
  ].join('\n');
};

/** The rule of that id. @throws InputError naming those that are like it */
export const findRule = (rules: readonly Rule[], id: string): Rule => {
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule !== undefined) return rule;
  const parts = id.split('-').filter((part) => part.length > 2);
  const score = (candidate: Rule): number => parts.filter((part) => candidate.id.includes(part)).length;
  const like = rules
    .filter((candidate) => score(candidate) > 0)
    .sort((a, b) => score(b) - score(a))
    .slice(0, 3)
    .map((candidate) => candidate.id);
  const hint = like.length > 0 ? `did you mean ${like.join(' or ')}?` : 'virt-audit rules list shows them all';
  throw new InputError(`unknown rule "${id}"; ${hint}`);
};

/** Where a rule is looked for, and what settings make of it. */
export interface RulesShowOptions {
  rules: string[];
  profile?: string;
  config?: string;
}

/** The rules that a report of `check` with the same options may name. @throws InputError */
export const rulesOf = ({ rules, profile, config: file }: RulesShowOptions): SettledRules => {
  const config = readConfig(file);
  return settledRules({
    rules,
    ...(profile === undefined ? {} : { profile }),
    ...(config === undefined ? {} : { config }),
  });
};

/** `virt-audit rules show ID`: what the rule checks, why, and what to do. @throws InputError */
export const rulesShow = (id: string, options: RulesShowOptions): void => {
  process.stdout.write(ruleText(findRule(rulesOf(options).rules, id)));
};
