import type { Access } from '../access.ts';
import type { PolicyProfile } from '../policy/policyProfile.ts';
import type { RuleGroup } from '../policy/ruleGroup.ts';
import { matchingRules } from './matchingRules.ts';
import { verdictOf } from './verdict.ts';

/** Many profiles share most of their rules: what those match among the paths is found once. */
type GroupMatches = WeakMap<RuleGroup, ReadonlySet<string>>;

const known = new WeakMap<readonly string[], Map<Access, GroupMatches>>();

/** The paths that a group's allow rules match. */
function matchesOf(group: RuleGroup, access: Access, paths: readonly string[]): ReadonlySet<string> {
  const byAccess = known.get(paths) ?? new Map<Access, GroupMatches>();
  known.set(paths, byAccess);
  const byGroup: GroupMatches = byAccess.get(access) ?? new WeakMap<RuleGroup, ReadonlySet<string>>();
  byAccess.set(access, byGroup);
  let matches = byGroup.get(group);
  if (matches === undefined) {
    const patterns = group.rules
      .filter(({ permissions, qualifiers }) => permissions.includes(access) && qualifiers.effect === 'allow')
      .flatMap((rule) => rule.patterns);
    const literals = new Set(patterns.flatMap(({ literal, prefix }) => (literal ? [prefix] : [])));
    const others = patterns.filter(({ literal }) => !literal);
    matches = new Set(paths.filter((path) => literals.has(path) || others.some((pattern) => pattern.matches(path))));
    byGroup.set(group, matches);
  }
  return matches;
}

/**
 * Those of many paths on which the rules of a profile allow something, to the owner or to others. `paths` is to be one and
 * the same array for all profiles that are asked.
 */
export function allowedAmong(profile: PolicyProfile, access: Access, paths: readonly string[]): readonly string[] {
  const candidates = new Set(profile.groups.flatMap(({ group }) => [...matchesOf(group, access, paths)]));
  return [...candidates].filter((path) =>
    [false, true].some((owner) => {
      const matching = matchingRules(profile, { profile: profile.name, path, access, owner });
      return verdictOf(matching, access).effect === 'allow';
    }),
  );
}
