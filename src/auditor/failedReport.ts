import { summarize } from '../engine/summarize.ts';
import type { Report } from '../model/report.ts';

/** The report of an audit that did not end: nothing was judged, and it says why. */
export const failedReport = (reason: string, began: Date, seconds: number): Report => {
  const sources = [{ name: 'audit', ok: false, seconds, reason }];
  return {
    time: began.toISOString(),
    seconds,
    sources,
    ruleset: { profile: '', digest: '' },
    rules: [],
    findings: [],
    waivers: [],
    summary: summarize([], [], sources),
    apparmor: {},
    domains: [],
  };
};
