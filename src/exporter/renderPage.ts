import type { Finding } from '../model/finding.ts';
import { outcomes } from '../model/outcome.ts';
import type { Report } from '../model/report.ts';
import { severities } from '../model/severity.ts';
import type { SourceResult } from '../model/source.ts';
import { escapeHtml } from './escapeHtml.ts';
import { page } from './page.ts';

/** Stands where the age of the audit goes when the page is sent. */
export const ageMark = '<!--age-->';

/** Stands where it is said that audits since then failed. */
export const failureMark = '<!--failure-->';

/** No more rows than a person reads; the rest is in `virt-audit check`. */
const maxRows = 500;

/** No more places of one finding. */
const maxPlaces = 5;

const places = (items: readonly string[]): string =>
  `<ul class="places">${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

const detail = (finding: Finding): string => {
  switch (finding.outcome) {
    case 'fail': {
      const { violations } = finding;
      const shown = violations.slice(0, maxPlaces);
      const items = shown.map(({ at, message }) => `<code>${escapeHtml(at)}</code>: ${escapeHtml(message)}`);
      const rest = violations.length - shown.length;
      return places(rest > 0 ? [...items, `and ${rest} more`] : items);
    }
    case 'error':
      return escapeHtml(finding.reason);
    case 'pass':
    case 'notapplicable':
      return '';
  }
};

const mark = (kind: string, text: string): string => `<span class="mark ${kind}">${escapeHtml(text)}</span>`;

/** A waived failure is still one, and is shown as such. */
const outcomeCell = (finding: Finding): string => {
  if (finding.outcome === 'error') return mark('failed', 'error');
  return finding.outcome === 'fail' && finding.waiver !== undefined ? 'fail, waived' : finding.outcome;
};

const row = (finding: Finding, title: string): string => {
  const { severity, rule, target, definition } = finding;
  const where = definition === undefined ? '' : ` <span class="soft">(${definition})</span>`;
  return (
    `<tr><td>${mark(severity, severity)}</td><td>${outcomeCell(finding)}</td>` +
    `<th scope="row">${escapeHtml(title)}<br><code class="soft">${escapeHtml(rule)}</code></th>` +
    `<td>${escapeHtml(target.name)}${where}</td><td>${detail(finding)}</td></tr>`
  );
};

/** A table that can be scrolled by keyboard where it is too wide. */
const table = (name: string, caption: string, columns: readonly string[], rows: readonly string[]): string =>
  `<div class="wide" role="region" aria-labelledby="${name}" tabindex="0"><table><caption id="${name}">${caption}</caption>` +
  `<thead><tr>${columns.map((column) => `<th scope="col">${column}</th>`).join('')}</tr></thead>\n` +
  `<tbody>${rows.join('\n')}</tbody></table></div>`;

const findingsTable = ({ findings, rules }: Report): string => {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const shown = findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');
  if (shown.length === 0) return '<p>Nothing was found.</p>';
  const rows = shown.slice(0, maxRows).map((finding) => row(finding, titles.get(finding.rule) ?? finding.rule));
  const rest =
    shown.length > maxRows ? `\n<p>${shown.length - maxRows} more: run <code>virt-audit check</code>.</p>` : '';
  const columns = ['Severity', 'Outcome', 'Rule', 'Target', 'Place or reason'];
  return `${table('findings', 'Findings, gravest first', columns, rows)}${rest}`;
};

const sourceRow = ({ name, ok, seconds, reason = '' }: SourceResult): string =>
  `<tr><th scope="row">${escapeHtml(name)}</th><td>${ok ? mark('ok', 'read') : mark('failed', 'failed')}</td>` +
  `<td>${seconds.toFixed(3)} s</td><td>${escapeHtml(reason)}</td></tr>`;

const counts = ({ summary: { outcomes: byOutcome, failures, domains } }: Report): string => {
  const seen = Object.values(domains).reduce((sum, count) => sum + count, 0);
  const grave = severities.filter((severity) => failures[severity] > 0);
  const failing = grave.map((severity) => mark(severity, `${failures[severity]} ${severity}`)).join(' ');
  const list = outcomes.map((outcome) => `${byOutcome[outcome]} ${outcome}`).join(', ');
  return `<p>${failing === '' ? 'Nothing fails' : `Failing: ${failing}`}. Outcomes on ${seen} domain${seen === 1 ? '' : 's'} and the host: ${list}.</p>`;
};

/** The landing page with what the last audit found; its marks stand where its age goes, and what came after it. */
export const renderPage = (report: Report, telemetryPath: string): string => {
  const { time, seconds, sources, summary } = report;
  const began = `${time.slice(0, 19).replace('T', ' ')} UTC`;
  const complete = summary.complete ? mark('ok', 'complete') : mark('failed', 'incomplete');
  return page(
    `<p>The last audit ended <strong>${ageMark}</strong> and is ${complete}. ` +
      `<span class="soft">It began at <time datetime="${time}">${began}</time> and took ${seconds} s.</span></p>${failureMark}\n` +
      `${counts(report)}\n${findingsTable(report)}\n` +
      table('sources', 'Sources of evidence', ['Source', 'State', 'Time', 'Reason'], sources.map(sourceRow)),
    telemetryPath,
  );
};
