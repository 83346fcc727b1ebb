import type { Registry } from 'prom-client';
import type { Report } from '../../model/report.ts';
import { gauge, single } from './gauge.ts';

const number = (flag: boolean): number => (flag ? 1 : 0);

/**
 * How the audit itself went: sources, time, completeness, and what it was judged by.
 *
 * @param lastComplete when the last complete audit before this one began, in seconds of Unix time
 */
export const auditMetrics = (
  registry: Registry,
  { sources, seconds, time, summary, ruleset }: Report,
  lastComplete: number | undefined,
): void => {
  const libvirt = sources.find(({ name }) => name === 'libvirt');
  // Absent where domains come from files: there is no libvirt to be up.
  if (libvirt !== undefined) {
    single(
      registry,
      'libvirt_up',
      'Whether the last audit could connect to libvirt and list its domains.',
      number(libvirt.ok),
    );
  }
  gauge(
    registry,
    'collector_success',
    'Whether a source of evidence could be read in full in the last audit.',
    ['collector'],
    sources.map(({ name, ok }) => [{ collector: name }, number(ok)]),
  );
  gauge(
    registry,
    'collector_duration_seconds',
    'How long reading a source of evidence took in the last audit.',
    ['collector'],
    sources.map((source) => [{ collector: source.name }, source.seconds]),
  );
  single(registry, 'audit_duration_seconds', 'How long the last audit took.', seconds);
  const began = Date.parse(time) / 1000;
  single(
    registry,
    'audit_timestamp_seconds',
    'When the audit that this page shows began; results are kept between scrapes.',
    began,
  );
  const complete = summary.complete ? began : lastComplete;
  // Absent until there was one: 0 would be the year 1970.
  if (complete !== undefined) {
    single(
      registry,
      'audit_last_complete_timestamp_seconds',
      'When the last audit in which nothing was missing began.',
      complete,
    );
  }
  single(registry, 'audit_complete', 'Whether nothing was missing in the last audit.', number(summary.complete));
  // An audit that did not end was judged by nothing.
  if (ruleset.digest !== '') {
    gauge(
      registry,
      'ruleset_info',
      'What the last audit judged by: the profile, and a digest of all rules as they were applied.',
      ['profile', 'digest'],
      [[{ ...ruleset }, 1]],
    );
  }
};
