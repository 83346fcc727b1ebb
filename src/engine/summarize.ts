import { unreadableReasons } from '../model/document.ts';
import { domainStates } from '../model/domainState.ts';
import type { Finding } from '../model/finding.ts';
import { outcomes } from '../model/outcome.ts';
import { remembered } from '../model/remembered.ts';
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

/** What the findings alone come to. */
type Counts = Pick<Summary, 'outcomes' | 'failures' | 'waived'>;

/** Counted once for as long as the findings are the very same. */
const countsOf = remembered((findings: readonly Finding[]): Counts => {
  const counts = { outcomes: count(outcomes, []), failures: count(severities, []), waived: count(severities, []) };
  let [pass, notapplicable] = [0, 0];
  // By number, as a hundred thousand are counted before V8 optimises it.
  for (let index = 0; index < findings.length; index++) {
    const finding = findings[index] as Finding;
    // By far the most.
    if (finding.outcome === 'notapplicable') notapplicable += 1;
    else if (finding.outcome === 'pass') pass += 1;
    else counts.outcomes[finding.outcome] += 1;
    if (finding.outcome === 'fail') counts[finding.waiver === undefined ? 'failures' : 'waived'][finding.severity] += 1;
  }
  Object.assign(counts.outcomes, { pass, notapplicable });
  return counts;
});

/** Counts an audit. The report is complete when every source answered and no finding is an error. */
export const summarize = (
  subjects: readonly Subject[],
  findings: readonly Finding[],
  sources: readonly SourceResult[],
): Summary => {
  const counts = countsOf(findings);
  const missed = unaudited(subjects);
  return {
    ...counts,
    domains: count(domainStates, states(subjects)),
    unaudited: count(unreadableReasons, missed),
    complete: counts.outcomes.error === 0 && missed.length === 0 && sources.every(({ ok }) => ok),
  };
};
