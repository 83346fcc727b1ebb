import { InputError } from '../../model/inputError.ts';
import type { Rule } from '../../model/rule.ts';
import type { Severity } from '../../model/severity.ts';

/** Which rules to run, and how grave each is here. Empty lists select nothing away. */
export interface Selection {
  tags: readonly string[];
  only: readonly string[];
  skip: readonly string[];
  severities: Readonly<Record<string, Severity>>;
}

const mustBeKnown = (names: readonly string[], known: ReadonlySet<string>, what: string, list: string): void => {
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new InputError(unknown.map((name) => `unknown ${what} "${name}"; ${list}`).join('\n'));
};

/**
 * The selected rules with their severities set.
 *
 * @throws InputError for an id or tag that no rule has, and when nothing is selected
 */
export const selectRules = (rules: readonly Rule[], { tags, only, skip, severities }: Selection): Rule[] => {
  const ids = new Set(rules.map(({ id }) => id));
  const known = new Set(rules.flatMap((rule) => rule.tags));
  mustBeKnown([...only, ...skip, ...Object.keys(severities)], ids, 'rule', 'virt-audit rules list shows them all');
  mustBeKnown(tags, known, 'tag', `expected one of ${[...known].sort().join(', ')}`);
  const selected = rules.filter(
    (rule) =>
      (tags.length === 0 || rule.tags.some((tag) => tags.includes(tag))) &&
      (only.length === 0 || only.includes(rule.id)) &&
      !skip.includes(rule.id),
  );
  if (selected.length === 0) throw new InputError('no rule is selected; loosen --rule, --tag or --skip');
  return selected.map((rule) => ({ ...rule, severity: severities[rule.id] ?? rule.severity }));
};
