import type { Access } from '../access.ts';
import { AutomatonTooLarge } from '../glob/automaton.ts';
import { commonPath } from '../glob/commonPath.ts';
import { Pattern } from '../glob/pattern.ts';
import type { CompiledRule } from '../policy/compiledRule.ts';
import type { PlacedRule, Profile } from '../profile.ts';

/** Whether a path exists that both match; where that is too much to find out, it is taken to. */
function meet(left: Pattern, right: Pattern): boolean {
  try {
    return commonPath(left, right) !== undefined;
  } catch (error) {
    if (!(error instanceof AutomatonTooLarge)) throw error;
    return true;
  }
}

/** The rules of an effect about an access that match any path that `pattern` matches. */
export function rulesTouching(
  profile: Profile,
  effect: 'allow' | 'deny',
  access: Access,
  pattern: string,
): readonly PlacedRule<CompiledRule>[] {
  const set = new Pattern(pattern);
  return profile.fileRules.filter(
    ({ rule: { qualifiers, permissions, patterns } }) =>
      qualifiers.effect === effect && permissions.includes(access) && patterns.some((each) => meet(each, set)),
  );
}

/** Allow rules that their priority puts above a deny about the same paths (apparmor.d(5), since AppArmor 4.1). */
export function outrankingRules(profile: Profile): readonly PlacedRule<CompiledRule>[] {
  const denies = profile.fileRules.filter(({ rule }) => rule.qualifiers.effect === 'deny');
  return profile.fileRules.filter(
    ({ rule }) =>
      rule.qualifiers.effect === 'allow' &&
      rule.qualifiers.priority > 0 &&
      denies.some(
        ({ rule: deny }) =>
          deny.qualifiers.priority < rule.qualifiers.priority &&
          [...deny.permissions].some((letter) => rule.permissions.includes(letter)) &&
          deny.patterns.some((denied) => rule.patterns.some((allowed) => meet(denied, allowed))),
      ),
  );
}
