import type { Policy, Profile } from '../../../apparmor/index.ts';
import { fromBytes } from '../../../model/bytes.ts';

type FileRules = Profile['fileRules'];

/** A path or a profile's name that stands for itself alone. */
const isLiteral = (pattern: string): boolean => !/[*?[\]{}@\\]/.test(pattern);

/** Whether the profile is there that `pux` and `cux` ask for before they fall back to none. */
const hasProfile = (
  { execMode, path, target }: { execMode: string; path: string; target: string | undefined },
  own: string,
  policy: Policy,
): boolean => {
  const isLoaded = (name: string) => policy.profiles.get(name)?.disabled === false;
  const within = execMode.startsWith('c') ? `${own}//` : '';
  if (!isLiteral(target ?? path)) return false;
  if (isLoaded(`${within}${target ?? path}`)) return true;
  return (
    target === undefined &&
    [...policy.profiles.values()].some(
      ({ name, attachment, disabled }) => !disabled && attachment === path && name.startsWith(within),
    )
  );
};

/** Programs that the profile lets QEMU start without any profile: `ux`, and `pux` and `cux` where there is none for them. */
const unconfinedExecs = (rules: FileRules, own: string, policy: Policy): readonly string[] =>
  rules.flatMap(({ file, rule: { rule, qualifiers } }) => {
    if (rule.kind !== 'file' || qualifiers.effect !== 'allow' || !rule.execMode.endsWith('u')) return [];
    if (rule.execMode !== 'u' && hasProfile(rule, own, policy)) return [];
    return [fromBytes(`${file}:${rule.line}: ${rule.text.trim()}`)];
  });

/** Profiles that QEMU may put itself under, any where the rule names none; its own children are not out. */
const profileChanges = ({ name, otherRules }: Profile): readonly string[] =>
  otherRules.flatMap(({ file, rule: { kind, qualifiers, words, line, text } }) => {
    if (kind !== 'change_profile' || qualifiers.effect !== 'allow') return [];
    const arrow = words.indexOf('->');
    const to = arrow === -1 ? undefined : words[arrow + 1];
    if (typeof to === 'string' && to.startsWith(`${name}//`)) return [];
    return [fromBytes(`${file}:${line}: ${text.trim()}`)];
  });

/** The rules by which a domain's QEMU gets out of its profile (apparmor.d(5), "Access Modes" and "change_profile rules"). */
export const waysOut = (profile: Profile, policy: Policy): readonly string[] => [
  ...unconfinedExecs(profile.fileRules, profile.name, policy),
  ...profileChanges(profile),
];
