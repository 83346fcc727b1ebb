import type { Finding } from '../model/finding.ts';
import { program } from '../model/program.ts';
import type { Report } from '../model/report.ts';
import { escapeHtml } from './escapeHtml.ts';

/** No more rows than a person reads; the rest is in `virt-audit check`. */
const maxRows = 500;

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #ccc}td code{word-break:break-word}`;

const detail = (finding: Finding): string => {
  switch (finding.outcome) {
    case 'fail':
      return finding.violations
        .map(({ at, message }) => `<code>${escapeHtml(at)}</code>: ${escapeHtml(message)}`)
        .join('<br>');
    case 'error':
      return escapeHtml(finding.reason);
    case 'pass':
    case 'notapplicable':
      return '';
  }
};

const row = (finding: Finding, title: string): string =>
  `<tr><td>${finding.severity}</td><td>${finding.outcome}</td><td>${escapeHtml(title)}<br><code>${escapeHtml(finding.rule)}</code></td>` +
  `<td>${escapeHtml(finding.target.name)}${finding.definition === undefined ? '' : ` (${finding.definition})`}</td><td>${detail(finding)}</td></tr>`;

const table = ({ findings, rules }: Report): string => {
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const shown = findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');
  if (shown.length === 0) return '<p>Nothing was found.</p>';
  const rows = shown.slice(0, maxRows).map((finding) => row(finding, titles.get(finding.rule) ?? finding.rule));
  const rest =
    shown.length > maxRows ? `<p>${shown.length - maxRows} more: run <code>virt-audit check</code>.</p>` : '';
  return (
    '<table><caption>Findings, gravest first</caption><thead><tr><th scope="col">Severity</th><th scope="col">Outcome</th>' +
    '<th scope="col">Rule</th><th scope="col">Target</th><th scope="col">Place</th></tr></thead>' +
    `<tbody>${rows.join('\n')}</tbody></table>${rest}`
  );
};

/** The landing page around some content; nothing in it comes from elsewhere. */
export const page = (content: string, telemetryPath: string): string =>
  `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>virt-audit</title><style>${style}</style></head>
<body><h1>virt-audit</h1>
<p>Version ${program.version}. <a href="${escapeHtml(telemetryPath)}">Metrics</a>, <a href="/-/healthy">health</a>, <a href="/-/ready">readiness</a>.</p>
${content}
</body></html>\n`;

/** The landing page with what the last audit found. */
export const renderPage = (report: Report, telemetryPath: string): string => {
  const sources = report.sources
    .filter(({ ok }) => !ok)
    .map(({ name, reason = '' }) => `<p><strong>Source ${escapeHtml(name)} failed:</strong> ${escapeHtml(reason)}</p>`);
  const complete = report.summary.complete ? 'complete' : 'incomplete';
  return page(
    `<p>The last audit began at <time datetime="${report.time}">${report.time}</time>, took ${report.seconds} s and is ${complete}.</p>\n` +
      `${sources.join('\n')}\n${table(report)}`,
    telemetryPath,
  );
};
