import type { Access } from '../access.ts';
import type { CompiledRule } from '../policy/compiledRule.ts';
import type { PolicyProfile } from '../policy/policyProfile.ts';
import type { RuleGroup } from '../policy/ruleGroup.ts';
import type { PlacedRule } from '../profile.ts';
import type { Question } from '../question.ts';
import { RuleIndex } from './ruleIndex.ts';

const indexes = new WeakMap<RuleGroup, RuleIndex>();

/** The rules of a profile that speak about the question's path, access and owner. */
export function matchingRules(profile: PolicyProfile, question: Question): PlacedRule<CompiledRule>[] {
  const found: PlacedRule<CompiledRule>[] = [];
  for (const { group, includedFrom } of profile.groups) {
    let index = indexes.get(group);
    if (!index) {
      index = new RuleIndex(group.rules);
      indexes.set(group, index);
    }
    for (const rule of index.matching(question.path)) {
      if (applies(rule, question)) found.push({ file: group.file, rule, includedFrom });
    }
  }
  return found;
}

/** The rules of a profile that speak about an access, whatever the path. */
export function speakingRules(profile: PolicyProfile, access: Access, owner: boolean): PlacedRule<CompiledRule>[] {
  return profile.groups.flatMap(({ group, includedFrom }) =>
    group.rules
      .filter((rule) => applies(rule, { access, owner }))
      .map((rule) => ({ file: group.file, rule, includedFrom })),
  );
}

function applies(
  { rule, qualifiers, permissions }: CompiledRule,
  { access, owner }: Pick<Question, 'access' | 'owner'>,
): boolean {
  if (!permissions.includes(access) || (qualifiers.owner && !owner)) return false;
  // `deny link` is about one target: it leaves the links to others.
  return !(access === 'l' && qualifiers.effect === 'deny' && rule.kind === 'link');
}
