import type { Registry } from 'prom-client';
import type { Report } from '../../model/report.ts';
import { type JudgedWaiver, waiverStates } from '../../model/waiver.ts';
import { gauge, type Sample } from './gauge.ts';

/** The end of the waiver's last day, in seconds since the epoch. */
const endOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000 + 86_400;

/** A domain as it is written among others; names may hold spaces and commas. */
const written = (domain: string): string => (/^[^\s,"]+$/.test(domain) ? domain : JSON.stringify(domain));

/** A name for the waiver that stays the same while it does: what it is about, never its reason. */
const nameOf = ({ rule, domains }: JudgedWaiver): string => `${rule} ${domains?.map(written).join(' ') ?? 'host'}`;

/** The waivers by what became of them, and when each ends; what is permanent has no end. */
export const waiverMetrics = (registry: Registry, { waivers }: Report): void => {
  gauge(
    registry,
    'waivers',
    'Waivers for the rules of the last audit: active, unused (nothing there fails), expired, unmatched (nothing is there) or unjudged.',
    ['state'],
    waiverStates.map((state) => [{ state }, waivers.filter((waiver) => waiver.state === state).length]),
  );
  const ends = waivers.flatMap((waiver): Sample<'waiver' | 'rule'>[] =>
    waiver.expires === undefined ? [] : [[{ waiver: nameOf(waiver), rule: waiver.rule }, endOf(waiver.expires)]],
  );
  // Two waivers may say the same of the same: the later end counts.
  const latest = new Map<string, Sample<'waiver' | 'rule'>>();
  for (const end of ends.sort((a, b) => a[1] - b[1])) latest.set(end[0].waiver, end);
  gauge(
    registry,
    'waiver_expiry_timestamp_seconds',
    'When a waiver ends and what it covers counts again.',
    ['waiver', 'rule'],
    [...latest.values()],
  );
};
