import type { Finding } from '../model/finding.ts';
import type { Target } from '../model/subject.ts';
import type { JudgedWaiver, Waiver, WaiverState } from '../model/waiver.ts';

/** An anchored glob: `*` any run of characters, `?` one, `\` takes the next literally; the rest stands for itself. */
const globExpression = (glob: string): RegExp => {
  const literal = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  const parts = [...glob.matchAll(/\\(.)|(\*)|(\?)|(.)/gsu)].map(([, escaped, star, one, other]) =>
    star !== undefined ? '.*' : one !== undefined ? '.' : literal(escaped ?? other ?? ''),
  );
  return new RegExp(`^${parts.join('')}$`, 'su');
};

const names = (patterns: readonly string[]): ((target: Target) => boolean) => {
  const expressions = patterns.map(globExpression);
  const uuids = new Set(patterns.map((pattern) => pattern.toLowerCase()));
  return ({ name, uuid }) =>
    (uuid !== undefined && uuids.has(uuid)) || expressions.some((expression) => expression.test(name));
};

/** A waiver being applied. */
interface Applied {
  waiver: Waiver;
  covers: (target: Target) => boolean;
  expired: boolean;
  findings: number;
  /** What of that which it is about was judged, by names and uuids, and how often that could not be. */
  judged: Set<string>;
  errors: number;
}

const apply = (waiver: Waiver, today: string): Applied => {
  const named = waiver.domains === undefined ? undefined : names(waiver.domains);
  return {
    waiver,
    covers: (target) => (named === undefined ? target.kind === 'host' : target.kind === 'domain' && named(target)),
    expired: waiver.expires !== undefined && today > waiver.expires,
    findings: 0,
    judged: new Set(),
    errors: 0,
  };
};

const stateOf = ({ waiver, expired, findings, judged, errors }: Applied, allDomainsKnown: boolean): WaiverState => {
  if (expired) return 'expired';
  if (findings > 0) return 'active';
  // A domain that nobody could name may be one of those that the waiver is about, but none that it has by name already.
  const mayMiss = waiver.domains?.some((domain) => !judged.has(domain) && !judged.has(domain.toLowerCase())) ?? false;
  if (errors > 0 || (mayMiss && !allDomainsKnown)) return 'unjudged';
  return judged.size > 0 ? 'unused' : 'unmatched';
};

/** By rule, so that each finding is held only against the waivers of its own. */
const byRule = (applied: readonly Applied[]): ReadonlyMap<string, readonly Applied[]> => {
  const found = new Map<string, Applied[]>();
  for (const each of applied) found.set(each.waiver.rule, [...(found.get(each.waiver.rule) ?? []), each]);
  return found;
};

const note = (covering: readonly Applied[], { outcome, target: { name, uuid } }: Finding): void => {
  for (const each of covering) {
    if (outcome === 'error') each.errors += 1;
    else each.judged.add(name).add(uuid ?? name);
  }
};

/**
 * Marks the failing findings that a waiver covers; nothing else about them changes, and they stay in the report. What
 * could not be judged is never waived: nobody knows what it would be.
 *
 * @param today `YYYY-MM-DD` in UTC; a waiver holds through its day
 * @param allDomainsKnown false where a domain may be missing among the findings, or be there under no name of its own
 * @returns the findings, and each waiver with what became of it
 */
export const waive = (
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  today: string,
  allDomainsKnown = true,
): { findings: readonly Finding[]; waivers: readonly JudgedWaiver[] } => {
  if (waivers.length === 0) return { findings, waivers: [] };
  const applied = waivers.map((waiver) => apply(waiver, today));
  const ofRule = byRule(applied);
  const marked = findings.map((finding): Finding => {
    const covering = (ofRule.get(finding.rule) ?? []).filter(({ covers }) => covers(finding.target));
    note(covering, finding);
    if (finding.outcome !== 'fail') return finding;
    const by = covering.find(({ expired }) => !expired);
    if (by === undefined) return finding;
    by.findings += 1;
    return { ...finding, waiver: by.waiver };
  });
  return {
    findings: marked,
    waivers: applied.map((each) => ({
      ...each.waiver,
      state: stateOf(each, allDomainsKnown),
      findings: each.findings,
    })),
  };
};
