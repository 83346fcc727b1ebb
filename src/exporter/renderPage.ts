import type { Finding } from '../model/finding.ts';
import { outcomes } from '../model/outcome.ts';
import type { Report } from '../model/report.ts';
import type { RuleInfo } from '../model/rule.ts';
import { severities } from '../model/severity.ts';
import { domainSources, type SourceResult } from '../model/source.ts';
import { escapeHtml } from './escapeHtml.ts';
import { page } from './page.ts';
import { prose } from './prose.ts';

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

/** What the rule says: the page has no room for what was found, which may be long, and is for those who may read all. */
const explanation = ({ id, rationale, remediation }: RuleInfo): string =>
  `<details><summary>Why, and what to do</summary>${prose(rationale)}${prose(remediation)}` +
  `<p>What was found, on the host: <code>virt-audit check --rule ${escapeHtml(id)}</code></p></details>`;

const row = (finding: Finding, title: string, more: string): string => {
  const { severity, rule, target, definition } = finding;
  const where = definition === undefined ? '' : ` <span class="soft">(${definition})</span>`;
  return (
    `<tr><td>${mark(severity, severity)}</td><td>${outcomeCell(finding)}</td>` +
    `<th scope="row">${escapeHtml(title)}<br><code class="soft">${escapeHtml(rule)}</code>${more}</th>` +
    `<td>${escapeHtml(target.name)}${where}</td><td>${detail(finding)}</td></tr>`
  );
};

/** A table that can be scrolled by keyboard where it is too wide. */
const table = (name: string, caption: string, columns: readonly string[], rows: readonly string[]): string =>
  `<div class="wide" role="region" aria-labelledby="${name}" tabindex="0"><table><caption id="${name}">${caption}</caption>` +
  `<thead><tr>${columns.map((column) => `<th scope="col">${column}</th>`).join('')}</tr></thead>\n` +
  `<tbody>${rows.join('\n')}</tbody></table></div>`;

const findingsTable = ({ findings, rules, summary: { complete } }: Report): string => {
  const infos = new Map(rules.map((rule) => [rule.id, rule]));
  const shown = findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');
  if (shown.length === 0) return `<p>Nothing was found${complete ? '' : ' in what could be read'}.</p>`;
  const explained = new Set<string>();
  const rows = shown.slice(0, maxRows).map((finding) => {
    const info = infos.get(finding.rule);
    // Once for each rule, beside its first failure.
    if (info === undefined || finding.outcome !== 'fail' || explained.has(info.id)) {
      return row(finding, info?.title ?? finding.rule, '');
    }
    explained.add(info.id);
    return row(finding, info.title, explanation(info));
  });
  const rest =
    shown.length > maxRows ? `\n<p>${shown.length - maxRows} more: run <code>virt-audit check</code>.</p>` : '';
  const columns = ['Severity', 'Outcome', 'Rule', 'Target', 'Place or reason'];
  return `${table('findings', 'Findings, gravest first', columns, rows)}${rest}`;
};

const sourceRow = ({ name, ok, seconds, reason = '' }: SourceResult): string =>
  `<tr><th scope="row">${escapeHtml(name)}</th><td>${ok ? mark('ok', 'read') : mark('failed', 'failed')}</td>` +
  `<td>${seconds.toFixed(3)} s</td><td>${escapeHtml(reason)}</td></tr>`;

/** Above all else what was not read: findings that are few for that reason prove nothing. */
const failures = (sources: readonly SourceResult[]): string => {
  const items = sources
    .filter(({ ok }) => !ok)
    .map(({ name, reason = '' }) => `${mark('failed', name)} could not be read: ${escapeHtml(reason)}`);
  return items.length === 0 ? '' : `${places(items)}\n`;
};

const seenOf = ({ summary: { domains }, sources }: Report): string => {
  const seen = Object.values(domains).reduce((sum, count) => sum + count, 0);
  const known = sources.every(({ name, ok }) => ok || !domainSources.includes(name));
  return `${seen} domain${seen === 1 ? '' : 's'}${known ? '' : ', of nobody knows how many,'}`;
};

const counts = (report: Report): string => {
  const {
    summary: { outcomes: byOutcome, failures },
  } = report;
  const grave = severities.filter((severity) => failures[severity] > 0);
  const failing = grave.map((severity) => mark(severity, `${failures[severity]} ${severity}`)).join(' ');
  const list = outcomes.map((outcome) => `${byOutcome[outcome]} ${outcome}`).join(', ');
  return `<p>${failing === '' ? 'Nothing fails' : `Failing: ${failing}`}. Outcomes on ${seenOf(report)} and the host: ${list}.</p>`;
};

/** The landing page with what the last audit found; its marks stand where its age goes, and what came after it. */
export const renderPage = (report: Report, telemetryPath: string): string => {
  const { time, seconds, sources, summary } = report;
  const began = `${time.slice(0, 19).replace('T', ' ')} UTC`;
  const complete = summary.complete ? mark('ok', 'complete') : mark('failed', 'incomplete');
  return page(
    `<p>The last audit ended <strong>${ageMark}</strong> and is ${complete}. ` +
      `<span class="soft">It began at <time datetime="${time}">${began}</time> and took ${seconds} s.</span></p>${failureMark}\n` +
      `${failures(sources)}${counts(report)}\n${findingsTable(report)}\n` +
      table('sources', 'Sources of evidence', ['Source', 'State', 'Time', 'Reason'], sources.map(sourceRow)),
    telemetryPath,
  );
};
