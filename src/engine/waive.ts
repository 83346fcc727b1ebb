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
}

const apply = (waiver: Waiver, today: string): Applied => {
  const named = waiver.domains === undefined ? undefined : names(waiver.domains);
  return {
    waiver,
    covers: (target) => (named === undefined ? target.kind === 'host' : target.kind === 'domain' && named(target)),
    expired: waiver.expires !== undefined && today > waiver.expires,
    findings: 0,
  };
};

const stateOf = ({ expired, findings }: Applied): WaiverState =>
  expired ? 'expired' : findings === 0 ? 'unused' : 'active';

/**
 * Marks the failing findings that a waiver covers; nothing else about them changes, and they stay in the report. What
 * could not be judged is never waived: nobody knows what it would be.
 *
 * @param today `YYYY-MM-DD` in UTC; a waiver holds through its day
 * @returns the findings, and each waiver with what became of it
 */
export const waive = (
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  today: string,
): { findings: readonly Finding[]; waivers: readonly JudgedWaiver[] } => {
  if (waivers.length === 0) return { findings, waivers: [] };
  const applied = waivers.map((waiver) => apply(waiver, today));
  const valid = applied.filter(({ expired }) => !expired);
  const marked = findings.map((finding): Finding => {
    if (finding.outcome !== 'fail') return finding;
    const by = valid.find(({ waiver, covers }) => waiver.rule === finding.rule && covers(finding.target));
    if (by === undefined) return finding;
    by.findings += 1;
    return { ...finding, waiver: by.waiver };
  });
  return {
    findings: marked,
    waivers: applied.map((each) => ({ ...each.waiver, state: stateOf(each), findings: each.findings })),
  };
};
