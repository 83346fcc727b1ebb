import type { Finding } from '../model/finding.ts';
import { type FoldedFinding, foldDefinitions } from '../model/foldDefinitions.ts';
import type { Report } from '../model/report.ts';
import type { RuleInfo } from '../model/rule.ts';
import { type Severity, severities } from '../model/severity.ts';
import { type SharedReason, sharedReasons } from '../model/sharedReasons.ts';
import { escapeHtml } from './escapeHtml.ts';
import { cappedList } from './itemList.ts';
import { mark } from './mark.ts';
import { prose } from './prose.ts';
import { table } from './table.ts';

/** No more rows than a person reads; the rest is in `virt-audit check`. */
const maxRows = 500;

/** No more places of one finding, and no more names beside one reason. */
const maxPlaces = 5;

/** One row, made only when it is known to be shown. */
interface Row {
  severity: Severity;
  /** How many findings it stands for. */
  findings: number;
  html(): string;
}

const error = mark('failed', 'error');

const detail = (finding: Finding): string => {
  switch (finding.outcome) {
    case 'fail': {
      const items = finding.violations.map(
        ({ at, message }) => `<code>${escapeHtml(at)}</code>: ${escapeHtml(message)}`,
      );
      const reason = finding.reason === undefined ? '' : `<p>${escapeHtml(finding.reason)}</p>`;
      return `${cappedList(items, maxPlaces)}${reason}`;
    }
    case 'error':
      return escapeHtml(finding.reason);
    case 'pass':
    case 'notapplicable':
      return '';
  }
};

/** A waived failure is still one, and is shown as such. */
const outcomeCell = (finding: Finding): string => {
  if (finding.outcome === 'error') return error;
  return finding.outcome === 'fail' && finding.waiver !== undefined ? 'fail, waived' : finding.outcome;
};

/** What the rule says: the page has no room for what was found, which may be long, and is for those who may read all. */
const explanation = ({ id, rationale, remediation }: RuleInfo): string =>
  `<details><summary>Why, and what to do</summary>${prose(rationale)}${prose(remediation)}` +
  `<p>What was found, on the host: <code>virt-audit check --rule ${escapeHtml(id)}</code></p></details>`;

const cells = (severity: Severity, outcome: string, rule: string, target: string, more: string): string =>
  `<tr><td>${mark(severity, severity)}</td><td>${outcome}</td><th scope="row">${rule}</th><td>${target}</td><td>${more}</td></tr>`;

const findingRow = (
  { finding, definitions }: FoldedFinding,
  title: string,
  explained: (rule: string) => string,
): Row => ({
  severity: finding.severity,
  findings: Math.max(definitions.length, 1),
  html: () => {
    const { severity, rule, target } = finding;
    const where = definitions.length === 0 ? '' : ` <span class="soft">(${definitions.join(' and ')})</span>`;
    const why = finding.outcome === 'fail' ? explained(rule) : '';
    return cells(
      severity,
      outcomeCell(finding),
      `${escapeHtml(title)}<br><code class="soft">${escapeHtml(rule)}</code>`,
      `${escapeHtml(target.name)}${where}`,
      `${detail(finding)}${why}`,
    );
  },
});

/** One reason that kept many rules from being judged, as a domain that can't be read does. */
const reasonRow = ({ reason, findings }: SharedReason): Row => ({
  // They are sorted by it.
  severity: findings[0]?.severity ?? 'info',
  findings: findings.length,
  html: () => {
    const rules = [...new Set(findings.map(({ rule }) => rule))];
    const targets = [...new Set(findings.map(({ target }) => target.name))].map(escapeHtml);
    return cells(
      findings[0]?.severity ?? 'info',
      error,
      `${rules.length} rules could not be judged, all for one reason`,
      targets.length === 1 ? targets.join('') : cappedList(targets, maxPlaces),
      `${escapeHtml(reason)}<details><summary>Which rules</summary><p>${rules.map(escapeHtml).join(', ')}</p></details>`,
    );
  },
});

/** What fails or could not be judged: gravest first, of one severity what could be judged before what could not. */
export const findingsTable = ({ findings, rules, summary: { complete } }: Report): string => {
  const shown = findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');
  if (shown.length === 0) return `<p>Nothing was found${complete ? '' : ' in what could be read'}.</p>`;
  const infos = new Map(rules.map((rule) => [rule.id, rule]));
  const unexplained = new Map(infos);
  /** Once for each rule, beside its first failure. */
  const explained = (rule: string): string => {
    const info = unexplained.get(rule);
    unexplained.delete(rule);
    return info === undefined ? '' : explanation(info);
  };
  const { shared, others } = sharedReasons(shown);
  // A domain has two definitions: more findings than these are in no row that is shown.
  const folded = foldDefinitions(others.slice(0, 2 * maxRows));
  const rows = [
    ...folded.map((each) => findingRow(each, infos.get(each.finding.rule)?.title ?? each.finding.rule, explained)),
    ...shared.map(reasonRow),
  ]
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
    .slice(0, maxRows);
  const left = rows.reduce((sum, row) => sum - row.findings, shown.length);
  const rest = left > 0 ? `\n<p>${left} more findings: run <code>virt-audit check</code>.</p>` : '';
  const columns = ['Severity', 'Outcome', 'Rule', 'Target', 'Place or reason'];
  return `${table(
    'findings',
    'Findings, gravest first',
    columns,
    rows.map((row) => row.html()),
  )}${rest}`;
};
