import type { Reporter } from './reporter.ts';
import { reportView } from './reportView.ts';

/** The version of docs/report.schema.json that the output follows. */
const schemaVersion = 1;

/** Every finding of every outcome, as docs/report.schema.json says. */
export const json: Reporter = (report, { minSeverity }) => {
  const { time, seconds, sources, ruleset, waivers, summary, upgrade, baseline } = report;
  const { rules, findings } = reportView(report, minSeverity);
  const about = { schemaVersion, time, seconds, sources, summary, upgrade, baseline, ruleset, waivers };
  return `${JSON.stringify({ ...about, rules, findings }, null, 2)}\n`;
};
