import { type Change, changeKinds, type Place } from '../model/change.ts';
import type { Finding } from '../model/finding.ts';
import { atLeast, type Severity, severities } from '../model/severity.ts';

/** Which rule on which thing: the uuid, since names change. */
const judgedKey = ({ rule, target, definition }: Pick<Finding, 'rule' | 'target' | 'definition'>): string =>
  JSON.stringify([rule, target.kind, target.kind === 'host' ? '' : (target.uuid ?? target.name), definition ?? '']);

/** The host's own name may differ from one report to the next, as when it was installed anew; there is but one host. */
const placesOf = (finding: Finding): Place[] => {
  const { rule, severity, target, definition } = finding;
  const about = { rule, severity, target, ...(definition === undefined ? {} : { definition }) };
  if (finding.outcome === 'error') {
    return [{ ...about, outcome: 'error', at: '', message: finding.reason, waived: false }];
  }
  if (finding.outcome !== 'fail') return [];
  const waived = finding.waiver !== undefined;
  return finding.violations.map(({ at, message, actual }) => ({
    ...about,
    outcome: 'fail',
    at,
    message,
    ...(actual === undefined ? {} : { actual }),
    waived,
  }));
};

const places = (findings: readonly Finding[]): Map<string, Place> =>
  new Map(
    findings.flatMap((finding) =>
      placesOf(finding).map((place) => [`${judgedKey(finding)} ${place.at}`, place] as const),
    ),
  );

const same = (a: Place, b: Place): boolean =>
  JSON.stringify([a.severity, a.outcome, a.message, a.actual, a.waived]) ===
  JSON.stringify([b.severity, b.outcome, b.message, b.actual, b.waived]);

const order = (a: Change, b: Change): number => {
  const place = ({ before, after }: Change): Place | undefined => after ?? before;
  const severity = (change: Change): number => severities.indexOf(place(change)?.severity ?? 'info');
  const text = (change: Change): string =>
    JSON.stringify([place(change)?.rule, place(change)?.target.name, place(change)?.at]);
  return (
    changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind) ||
    severity(a) - severity(b) ||
    (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0)
  );
};

/** What changed from one report's findings to another's, gravest first; every failing place of either is in it once. */
export const compareFindings = (before: readonly Finding[], after: readonly Finding[]): Change[] => {
  const earlier = places(before);
  const later = places(after);
  const judged = new Map(after.map((finding) => [judgedKey(finding), finding.outcome]));
  const changes: Change[] = [...later].map(([key, place]) => {
    const old = earlier.get(key);
    if (old === undefined) return { kind: 'new', after: place };
    return { kind: same(old, place) ? 'unchanged' : 'changed', before: old, after: place };
  });
  for (const [key, place] of earlier) {
    if (later.has(key)) continue;
    const outcome = judged.get(judgedKey(place as Finding & Place));
    if (outcome === undefined) changes.push({ kind: 'gone', before: place });
    // That it can't be judged now is listed as new; that it failed before must not look mended by that.
    else if (outcome === 'error') changes.push({ kind: 'gone', before: place });
    else changes.push({ kind: 'fixed', before: place });
  }
  return changes.sort(order);
};

/** What was accepted then, or mattered less, nobody has seen as what it is now. */
const isKnown = (old: Place | undefined, now: Severity): boolean =>
  old?.outcome === 'fail' && !old.waived && atLeast(old.severity, now);

/**
 * The findings of a report without the failing places that an earlier one had too. A place whose waiver has ended since, or
 * whose rule has become graver, is new.
 */
export const newFindings = (before: readonly Finding[], after: readonly Finding[]): Finding[] => {
  const earlier = places(before);
  return after.flatMap((finding): Finding[] => {
    if (finding.outcome !== 'fail') return [finding];
    const violations = finding.violations.filter(
      ({ at }) => !isKnown(earlier.get(`${judgedKey(finding)} ${at}`), finding.severity),
    );
    return violations.length === 0 ? [] : [{ ...finding, violations }];
  });
};
