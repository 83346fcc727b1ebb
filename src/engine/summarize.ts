import { unreadableReasons } from '../model/document.ts';
import { domainStates } from '../model/domainState.ts';
import type { Finding } from '../model/finding.ts';
import { outcomes } from '../model/outcome.ts';
import type { Summary } from '../model/report.ts';
import { severities } from '../model/severity.ts';
import type { SourceResult } from '../model/source.ts';
import type { Subject } from '../model/subject.ts';

const count = <K extends string>(keys: readonly K[], values: readonly K[]): Record<K, number> => {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const value of values) counts[value] += 1;
  return counts;
};

const unaudited = (subjects: readonly Subject[]) =>
  subjects.flatMap((subject) => (subject.unaudited === undefined ? [] : [subject.unaudited]));

/** One state per domain, however many definitions it has. */
const states = (subjects: readonly Subject[]) => {
  const domains = subjects
    .filter(({ target }) => target.kind === 'domain')
    // What runs says more of the state than what starts next: the later of two counts.
    .sort((a, b) => Number(a.definition === 'live') - Number(b.definition === 'live'));
  return [...new Map(domains.map(({ target, state }) => [target.uuid ?? target.name, state ?? 'other'])).values()];
};

/** Counts an audit. The report is complete when every source answered and no finding is an error. */
export const summarize = (
  subjects: readonly Subject[],
  findings: readonly Finding[],
  sources: readonly SourceResult[],
): Summary => {
  const byOutcome = count(
    outcomes,
    findings.map(({ outcome }) => outcome),
  );
  const missed = unaudited(subjects);
  const failing = findings.filter((finding) => finding.outcome === 'fail');
  return {
    outcomes: byOutcome,
    failures: count(
      severities,
      failing.filter(({ waiver }) => waiver === undefined).map(({ severity }) => severity),
    ),
    waived: count(
      severities,
      failing.filter(({ waiver }) => waiver !== undefined).map(({ severity }) => severity),
    ),
    domains: count(domainStates, states(subjects)),
    unaudited: count(unreadableReasons, missed),
    complete: byOutcome.error === 0 && missed.length === 0 && sources.every(({ ok }) => ok),
  };
};
