import type { Reporter } from './reporter.ts';

/** The version of docs/report.schema.json that the output follows. */
const schemaVersion = 1;

/** Every finding of every outcome, as docs/report.schema.json says. */
export const json: Reporter = ({ time, seconds, sources, ruleset, rules, findings, waivers, summary, upgrade }) =>
  `${JSON.stringify({ schemaVersion, time, seconds, sources, summary, upgrade, ruleset, waivers, rules, findings }, null, 2)}\n`;
