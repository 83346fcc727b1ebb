import type { Report } from '../model/report.ts';
import { severities } from '../model/severity.ts';
import { domainSources, failedSources, type SourceResult } from '../model/source.ts';
import { escapeHtml } from './escapeHtml.ts';
import { findingsTable } from './findingsTable.ts';
import { itemList } from './itemList.ts';
import { mark } from './mark.ts';
import { page } from './page.ts';
import { table } from './table.ts';

/** Stands where the age of the audit goes when the page is sent. */
export const ageMark = '<!--age-->';

/** Stands where it is said that audits since then failed. */
export const failureMark = '<!--failure-->';

const sourceRow = ({ name, ok, seconds, reason = '' }: SourceResult): string =>
  `<tr><th scope="row">${escapeHtml(name)}</th><td>${ok ? mark('ok', 'read') : mark('failed', 'failed')}</td>` +
  `<td>${seconds.toFixed(3)} s</td><td>${escapeHtml(reason)}</td></tr>`;

/** Above all else what was not read: findings that are few for that reason prove nothing. */
const failures = (sources: readonly SourceResult[]): string => {
  const items = failedSources(sources).map(
    ({ names, reason }) =>
      `${names.map((name) => mark('failed', name)).join(' and ')} could not be read: ${escapeHtml(reason)}`,
  );
  return items.length === 0 ? '' : `${itemList(items)}\n`;
};

/** None is not the same as none that could be read. */
const seenOf = ({ summary: { domains }, sources }: Report): string => {
  const seen = Object.values(domains).reduce((sum, count) => sum + count, 0);
  const words = `${seen} domain${seen === 1 ? '' : 's'}`;
  if (sources.every(({ name, ok }) => ok || !domainSources.includes(name))) return `${words} and the host`;
  return seen === 0 ? 'the host, whose domains are not known' : `at least ${words} and the host`;
};

const counts = (report: Report): string => {
  const {
    summary: { outcomes, failures: failing, waived },
  } = report;
  const grave = severities.filter((severity) => failing[severity] > 0);
  const marks = grave.map((severity) => mark(severity, `${failing[severity]} ${severity}`)).join(' ');
  const accepted = Object.values(waived).reduce((sum, count) => sum + count, 0);
  const list = [
    `${outcomes.fail - accepted} fail`,
    ...(accepted > 0 ? [`${accepted} waived`] : []),
    `${outcomes.error} error`,
    `${outcomes.pass} pass`,
    `${outcomes.notapplicable} not applicable`,
  ].join(', ');
  return `<p>${marks === '' ? 'Nothing fails' : `Failing: ${marks}`}. Outcomes on ${seenOf(report)}: ${list}.</p>`;
};

/** The landing page with what the last audit found; its marks stand where its age goes, and what came after it. */
export const renderPage = (report: Report, telemetryPath: string): string => {
  const { time, seconds, sources, summary, findings } = report;
  const began = `${time.slice(0, 19).replace('T', ' ')} UTC`;
  const complete = summary.complete ? mark('ok', 'complete') : mark('failed', 'incomplete');
  const host = findings.find(({ target }) => target.kind === 'host')?.target.name;
  return page(
    `<p>The last audit ended <strong>${ageMark}</strong> and is ${complete}. ` +
      `<span class="soft">It began at <time datetime="${time}">${began}</time> and took ${seconds} s.</span></p>${failureMark}\n` +
      `${failures(sources)}${counts(report)}\n${findingsTable(report)}\n` +
      table('sources', 'Sources of evidence', ['Source', 'State', 'Time', 'Reason'], sources.map(sourceRow)),
    telemetryPath,
    host,
  );
};
