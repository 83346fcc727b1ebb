import type { Finding } from '../model/finding.ts';
import type { Judged } from './judges.ts';

const reason = 'the configured definition passes: a shutdown and start of the domain will mend it';

type Findings = readonly Finding[];

/** What was noted, against which findings; for as long as these findings are in use. */
const noted = new WeakMap<Findings, { configured: readonly Findings[]; findings: Findings }>();

const note = (live: Findings, configured: readonly Findings[]): Findings => {
  const known = noted.get(live);
  if (known?.configured.length === configured.length && configured.every((one, at) => one === known.configured[at])) {
    return known.findings;
  }
  const mended = (index: number): boolean => configured.some((one) => one[index]?.outcome === 'pass');
  const some = live.some(({ outcome }, index) => outcome === 'fail' && mended(index));
  const findings = some
    ? live.map((finding, index) => (finding.outcome === 'fail' && mended(index) ? { ...finding, reason } : finding))
    : live;
  noted.set(live, { configured, findings });
  return findings;
};

const identity = ({ target: { uuid, name } }: Judged['subject']): string => uuid ?? name;

/**
 * Where the running definition fails and the configured one passes, the failing finding says that a restart mends it.
 * The same findings again give the very same arrays.
 */
export const noteRestarts = (judged: readonly Judged[]): Judged[] => {
  const configured = new Map<string, Findings[]>();
  for (const { subject, findings } of judged) {
    if (subject.definition !== 'config') continue;
    const before = configured.get(identity(subject));
    if (before === undefined) configured.set(identity(subject), [findings]);
    else before.push(findings);
  }
  return judged.map(({ subject, findings }) => ({
    subject,
    findings: subject.definition === 'live' ? note(findings, configured.get(identity(subject)) ?? []) : findings,
  }));
};
